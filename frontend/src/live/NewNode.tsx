import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/live";
import { useState } from "react";
import { createNode } from "../api/commands";
import { LineField } from "../ui/LineField";
import { paths } from "../util/paths";
import { splitTags } from "../util/tags";
import { CommandDialog } from "./CommandDialog";

interface Props {
  onClose: () => void;
  /** Without a parent it is the root of a hierarchy. */
  parent?: { id: string; name: string };
}

export default function NewNode({ onClose, parent }: Props) {
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [tags, setTags] = useState("");
  const what = parent ? "group" : "hierarchy";
  return (
    <CommandDialog
      title={parent ? t.newGroupIn(parent.name) : t.newHierarchy}
      action={t.makeThe(what)}
      because={!name.trim() && t.giveItANameFirst}
      failed={t.theWasNotMade(what)}
      run={() => createNode({ name: name.trim(), parentId: parent?.id ?? null, tags: splitTags(tags) })}
      onDone={({ id }) => void navigate({ to: paths.node(id) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            help={t.whatPeopleCallItUpTo200}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label={t.tags}
            help={t.wordsApartByCommasTheyHelpTo}
            error={faultOf("/tags")}
            value={tags}
            onChange={setTags}
          />
        </>
      )}
    </CommandDialog>
  );
}
