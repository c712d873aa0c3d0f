import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { createNode } from "../api/commands";
import { explainError, fieldError } from "../api/problem";
import { Button } from "../ui/Button";
import { Dialog } from "../ui/Dialog";
import { Field } from "../ui/Field";
import { paths } from "../util/paths";
import { splitTags } from "../util/tags";
import { applyStructure } from "./apply";

interface Props {
  onClose: () => void;
  /** Without a parent it is the root of a hierarchy. */
  parent?: { id: string; name: string };
}

export default function NewNode({ onClose, parent }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [tags, setTags] = useState("");
  const make = useMutation({
    mutationFn: () =>
      createNode({
        name: name.trim(),
        parentId: parent?.id ?? null,
        tags: splitTags(tags),
      }),
    onSuccess: async ({ id }) => {
      applyStructure(client);
      onClose();
      await navigate({ to: paths.node(id) });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) make.mutate();
  };
  const what = parent ? "group" : "hierarchy";
  const nameFault = fieldError(make.error, "/name");
  return (
    <Dialog title={parent ? `New group in ${parent.name}` : "New hierarchy"} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label="Name" error={nameFault} help="What people call it, up to 200 characters.">
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              maxLength={200}
              value={name}
              data-autofocus
              onChange={(e) => setName(e.target.value)}
            />
          )}
        </Field>
        <Field
          label="Tags"
          error={fieldError(make.error, "/tags")}
          help="Words apart by commas; they help to search and to filter."
        >
          {(wiring) => <input {...wiring} className="field" value={tags} onChange={(e) => setTags(e.target.value)} />}
        </Field>
        {make.isError && !nameFault ? (
          <p className="err" role="alert">
            The {what} was not made. {explainError(make.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            busy={make.isPending}
            because={name.trim() ? undefined : "Give it a name first"}
          >
            Make the {what}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
