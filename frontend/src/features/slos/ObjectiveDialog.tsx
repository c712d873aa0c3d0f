import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ObjectiveView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { changeSlo, createSlo, slosKey } from "../../api/slos";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/tree";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { paths } from "../../util/paths";
import { CountFields } from "./CountFields";
import { emptyForm, formOf, missing, type ObjectiveForm, periods, toRequest } from "./objectiveForm";

interface Props {
  objective?: ObjectiveView;
  /** The node that a new one is about. */
  node?: string;
  onClose: () => void;
}

/** Promise something of a node, or promise something else. */
export default function ObjectiveDialog({ objective, node, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState(() => (objective ? formOf(objective) : emptyForm(node)));
  const set = (change: Partial<ObjectiveForm>) => setForm((known) => ({ ...known, ...change }));
  const request = () => toRequest(form);
  const save = () => (objective ? changeSlo(objective.id, objective.version, request()) : createSlo(request()));
  return (
    <CommandDialog
      wide
      title={objective ? `Change ${objective.name}` : "New objective"}
      action={objective ? "Save" : "Make the objective"}
      because={missing(form)}
      failed="The objective was not saved."
      run={save}
      onDone={(answer) => {
        void client.invalidateQueries({ queryKey: slosKey });
        if (!objective && answer?.id) void navigate({ to: paths.slo(answer.id) });
      }}
      onClose={onClose}
    >
      {(faultOf) => <Fields form={form} set={set} faultOf={faultOf} picking={!objective && !node} />}
    </CommandDialog>
  );
}

export interface FieldProps {
  form: ObjectiveForm;
  set: (change: Partial<ObjectiveForm>) => void;
  faultOf: (pointer: string) => string | undefined;
}

const indicators = [
  { value: "time", label: "the time that it is available" },
  { value: "count", label: "good observations of all" },
  { value: "latency", label: "good observations that were fast enough" },
] as const;

function Fields({ form, set, faultOf, picking }: FieldProps & { picking: boolean }) {
  return (
    <>
      <LineField
        label="Name"
        error={faultOf("/name")}
        maxLength={200}
        value={form.name}
        onChange={(name) => set({ name })}
        data-autofocus
      />
      <OfNode form={form} set={set} faultOf={faultOf} picking={picking} />
      <div className="two">
        <LineField
          label="Target, %"
          error={faultOf("/target")}
          help="0 to 100, at most six decimal places."
          inputMode="decimal"
          value={form.target}
          onChange={(target) => set({ target })}
        />
        <PickField
          label="Measured by"
          error={faultOf("/sli/kind")}
          value={form.sli}
          options={indicators}
          onChange={(sli) => set({ sli })}
        />
      </div>
      {form.sli === "latency" ? (
        <LineField
          label="Fast enough"
          error={faultOf("/sli/threshold")}
          help="The slowest answer that is good, such as 500ms."
          value={form.threshold}
          onChange={(threshold) => set({ threshold })}
        />
      ) : null}
      <WindowFields form={form} set={set} faultOf={faultOf} />
      <CountFields form={form} set={set} faultOf={faultOf} />
    </>
  );
}

function OfNode({ form, set, faultOf, picking }: FieldProps & { picking: boolean }) {
  const trees = useQuery(treesQuery());
  const [open, setOpen] = useState(picking);
  const name = form.nodeId ? (allNodes(trees.data ?? []).get(form.nodeId)?.name ?? "a deleted node") : undefined;
  const fault = faultOf("/nodeId");
  return (
    <fieldset className="fl">
      <legend className="lb">Of</legend>
      {name ? (
        <span className="row">
          <b>{name}</b>
          {open ? null : (
            <button type="button" className="linkbtn" onClick={() => setOpen(true)}>
              Another node
            </button>
          )}
        </span>
      ) : null}
      {open ? (
        <NodePicker
          label="The node that it is about"
          value={form.nodeId}
          focus={false}
          onChange={(id) => set({ nodeId: id ?? undefined })}
        />
      ) : null}
      {fault ? <span className="err">{fault}</span> : null}
    </fieldset>
  );
}

const zones = Intl.supportedValuesOf("timeZone");

function WindowFields({ form, set, faultOf }: FieldProps) {
  return (
    <>
      <div className="two">
        <PickField
          label="Over"
          value={form.window}
          options={[
            { value: "rolling", label: "the last so many days" },
            { value: "calendar", label: "a part of the calendar" },
          ]}
          onChange={(window) => set({ window })}
        />
        {form.window === "rolling" ? (
          <LineField
            label="How long"
            error={faultOf("/window")}
            help="1h to 366d, such as 30d."
            value={form.duration}
            onChange={(duration) => set({ duration })}
          />
        ) : (
          <PickField
            label="Which part"
            help="Weeks begin on Mondays."
            value={form.period}
            options={periods}
            onChange={(period) => set({ period })}
          />
        )}
      </div>
      {form.window === "calendar" ? (
        <>
          <LineField
            label="Time zone"
            error={faultOf("/window/timeZone")}
            help="Where the day begins at midnight, such as Europe/Berlin."
            list="slo-zones"
            value={form.timeZone}
            onChange={(timeZone) => set({ timeZone })}
          />
          <datalist id="slo-zones">
            {zones.map((name) => (
              <option key={name} value={name} />
            ))}
          </datalist>
        </>
      ) : null}
    </>
  );
}
