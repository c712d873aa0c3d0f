import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type CSSProperties, useState } from "react";
import type { StatusView } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { keys } from "../../api/queries";
import { changeStatus, defineStatus } from "../../api/statuses";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { hardToSee } from "../../util/contrast";
import { shapeOf } from "../../util/status";

const shapes = ["circle", "triangle", "square", "octagon", "diamond", "hollow-circle", "wrench", "bars"];

const availabilities = [
  { value: "yes", label: "counts as available" },
  { value: "no", label: "counts as not available" },
  { value: "", label: "is left out of availability" },
];
const said = (available: boolean | null | undefined) =>
  available === undefined || available === null ? "" : available ? "yes" : "no";

/** A new status, or what one of the workspace's own is from now on. */
export default function StatusDialog({ status, onClose }: { status?: StatusView; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(status?.name ?? "");
  const [label, setLabel] = useState(status?.label ?? "");
  const [severity, setSeverity] = useState(status ? String(status.severity ?? "") : "20");
  const [available, setAvailable] = useState(status ? said(status.available) : "no");
  const [shape, setShape] = useState(status?.shape ?? "diamond");
  const [colour, setColour] = useState(status?.colour ?? "#8a63d2");
  const badName = !/^[a-z][a-z\d-]{0,39}$/.test(name);
  const faint = hardToSee(colour);
  const save = useMutation({
    mutationFn: () => {
      const settings = {
        label: label.trim() || name,
        severity: severity.trim() === "" ? null : Number(severity),
        available: available === "" ? null : available === "yes",
        shape,
        colour,
      };
      return status ? changeStatus(status.name, settings) : defineStatus({ name, ...settings });
    },
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keys.statuses });
      applyStructure(client);
      onClose();
    },
  });
  const why = badName ? "Give it a name first" : faint;
  const text = (value: string, set: (to: string) => void, rest: object = {}) => (
    <input {...rest} className="field" value={value} onChange={(event) => set(event.target.value)} />
  );
  return (
    <Dialog title={status ? `Status ${status.name}` : "New status"} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!why) save.mutate();
        }}
      >
        {status ? null : (
          <Field
            label="Name"
            error={
              fieldError(save.error, "/name") ?? (name && badName ? "Lower-case letters, digits, hyphens." : undefined)
            }
            help="As rules and reports write it; it stays."
          >
            {(wiring) => text(name, setName, { ...wiring, maxLength: 40, "data-autofocus": true })}
          </Field>
        )}
        <Field label="Called" error={fieldError(save.error, "/label")}>
          {(wiring) => text(label, setLabel, { ...wiring, maxLength: 60 })}
        </Field>
        <div className="two">
          <Field
            label="Severity"
            error={fieldError(save.error, "/severity")}
            help="0 to 100, higher is worse; empty for a neutral one."
          >
            {(wiring) =>
              text(severity, (to) => setSeverity(to.replace(/\D/g, "")), { ...wiring, inputMode: "numeric" })
            }
          </Field>
          <Field label="A node that has it" error={fieldError(save.error, "/available")}>
            {(wiring) => (
              <select
                {...wiring}
                className="field"
                value={available}
                onChange={(event) => setAvailable(event.target.value)}
              >
                {availabilities.map(({ value, label: words }) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            )}
          </Field>
        </div>
        <div className="two">
          <Field label="Shape" error={fieldError(save.error, "/shape")}>
            {(wiring) => (
              <select {...wiring} className="field" value={shape} onChange={(event) => setShape(event.target.value)}>
                {shapes.map((word) => (
                  <option key={word} value={word}>
                    {word.replace("-", " ")}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Colour" error={faint ?? fieldError(save.error, "/colour")} help="Seen well in both themes.">
            {(wiring) => (
              <input
                {...wiring}
                className="field colour"
                type="color"
                value={colour}
                onChange={(event) => setColour(event.target.value)}
              />
            )}
          </Field>
        </div>
        <p className="preview" style={{ "--c": colour } as CSSProperties}>
          <svg className="sh" aria-hidden="true">
            <use href={`#${shapeOf(shape)}`} />
          </svg>
          {name || "its name"}
        </p>
        {save.isError ? (
          <p className="err" role="alert">
            The status was not saved. {explainError(save.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button look="primary" type="submit" busy={save.isPending} because={why}>
            {status ? "Save" : "Make the status"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
