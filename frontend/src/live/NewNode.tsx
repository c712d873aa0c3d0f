import { useNavigate } from "@tanstack/react-router";
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
      title={parent ? `New group in ${parent.name}` : "New hierarchy"}
      action={`Make the ${what}`}
      because={!name.trim() && "Give it a name first"}
      failed={`The ${what} was not made.`}
      run={() => createNode({ name: name.trim(), parentId: parent?.id ?? null, tags: splitTags(tags) })}
      onDone={({ id }) => void navigate({ to: paths.node(id) })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Name"
            help="What people call it, up to 200 characters."
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label="Tags"
            help="Words apart by commas; they help to search and to filter."
            error={faultOf("/tags")}
            value={tags}
            onChange={setTags}
          />
        </>
      )}
    </CommandDialog>
  );
}
