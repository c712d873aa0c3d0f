import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/settings";
import { type CSSProperties, useState } from "react";
import type { StatusView } from "../../api/model";
import { keys } from "../../api/queries";
import { changeStatus, defineStatus } from "../../api/statuses";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { hardToSee } from "../../util/contrast";
import { shapeOf } from "../../util/status";

const shapes = ["circle", "triangle", "square", "octagon", "diamond", "hollow-circle", "wrench", "bars"].map(
  (value) => ({ value, label: value.replace("-", " ") }),
);

const availabilities = [
  { value: "yes", label: t.countsAsAvailable },
  { value: "no", label: t.countsAsNotAvailable },
  { value: "", label: t.isLeftOutOfAvailability },
];
const said = (available: boolean | null | undefined) =>
  available === undefined || available === null ? "" : available ? "yes" : "no";

const formOf = (status: StatusView | undefined) => ({
  name: status?.name ?? "",
  label: status?.label ?? "",
  severity: status ? String(status.severity ?? "") : "20",
  available: status ? said(status.available) : "no",
  shape: status?.shape ?? "diamond",
  colour: status?.colour ?? "#8a63d2",
});
type Form = ReturnType<typeof formOf>;

const settingsOf = ({ name, label, severity, available, shape, colour }: Form) => ({
  label: label.trim() || name,
  severity: severity.trim() === "" ? null : Number(severity),
  available: available === "" ? null : available === "yes",
  shape,
  colour,
});

/** A new status, or what one of the workspace's own is from now on. */
export default function StatusDialog({ status, onClose }: { status?: StatusView; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(status));
  const set = (field: keyof Form) => (value: string) => setForm((known) => ({ ...known, [field]: value }));
  const { name, colour } = form;
  const badName = !/^[a-z][a-z\d-]{0,39}$/.test(name);
  const faint = hardToSee(colour);
  const save = async () => {
    await (status ? changeStatus(status.name, settingsOf(form)) : defineStatus({ name, ...settingsOf(form) }));
    await client.invalidateQueries({ queryKey: keys.statuses });
  };
  return (
    <CommandDialog
      title={status ? t.status(status.name) : t.newStatus}
      action={status ? t.save : t.makeTheStatus}
      because={badName ? t.giveItANameFirst : faint}
      failed={t.theStatusWasNotSaved}
      run={save}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          {status ? null : (
            <LineField
              label={t.name}
              help={t.asRulesAndReportsWriteItItStays}
              error={faultOf("/name") ?? (name && badName ? t.lowerCaseLettersDigitsHyphens : undefined)}
              maxLength={40}
              value={name}
              onChange={set("name")}
              data-autofocus
            />
          )}
          <LineField
            label={t.called}
            error={faultOf("/label")}
            maxLength={60}
            value={form.label}
            onChange={set("label")}
          />
          <div className="two">
            <LineField
              label={t.severity}
              help={t.n0To100HigherIsWorseEmptyForA}
              error={faultOf("/severity")}
              inputMode="numeric"
              value={form.severity}
              onChange={(to) => set("severity")(to.replace(/\D/g, ""))}
            />
            <PickField
              label={t.aNodeThatHasIt}
              error={faultOf("/available")}
              value={form.available}
              options={availabilities}
              onChange={set("available")}
            />
          </div>
          <div className="two">
            <PickField
              label={t.shape}
              error={faultOf("/shape")}
              value={form.shape}
              options={shapes}
              onChange={set("shape")}
            />
            <LineField
              label={t.colour}
              help={t.seenWellInBothThemes}
              error={faint ?? faultOf("/colour")}
              className="colour"
              type="color"
              value={colour}
              onChange={set("colour")}
            />
          </div>
          <p className="preview" style={{ "--c": colour } as CSSProperties}>
            <svg className="sh" aria-hidden="true">
              <use href={`#${shapeOf(form.shape)}`} />
            </svg>
            {name || t.itsName}
          </p>
        </>
      )}
    </CommandDialog>
  );
}
