import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/slos";
import { useState } from "react";
import type { ObjectiveView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { changeSlo, createSlo, slosKey } from "../../api/slos";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/places";
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
      title={objective ? t.change(objective.name) : t.newObjective}
      action={objective ? t.save : t.makeTheObjective}
      because={missing(form)}
      failed={t.theObjectiveWasNotSaved}
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
  { value: "time", label: t.theTimeThatItIsAvailable },
  { value: "count", label: t.goodObservationsOfAll },
  { value: "latency", label: t.goodObservationsThatWereFast },
] as const;

function Fields({ form, set, faultOf, picking }: FieldProps & { picking: boolean }) {
  return (
    <>
      <LineField
        label={t.name}
        error={faultOf("/name")}
        maxLength={200}
        value={form.name}
        onChange={(name) => set({ name })}
        data-autofocus
      />
      <OfNode form={form} set={set} faultOf={faultOf} picking={picking} />
      <div className="two">
        <LineField
          label={t.target}
          error={faultOf("/target")}
          help={t.n0To100AtMostSixDecimalPlaces}
          inputMode="decimal"
          value={form.target}
          onChange={(target) => set({ target })}
        />
        <PickField
          label={t.measuredBy}
          error={faultOf("/sli/kind")}
          value={form.sli}
          options={indicators}
          onChange={(sli) => set({ sli })}
        />
      </div>
      {form.sli === "latency" ? (
        <LineField
          label={t.fastEnough}
          error={faultOf("/sli/threshold")}
          help={t.theSlowestAnswerThatIsGoodSuchAs}
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
  const name = form.nodeId ? (allNodes(trees.data ?? []).get(form.nodeId)?.name ?? t.aDeletedNode) : undefined;
  const fault = faultOf("/nodeId");
  return (
    <fieldset className="fl">
      <legend className="lb">{t.of}</legend>
      {name ? (
        <span className="row">
          <b>{name}</b>
          {open ? null : (
            <button type="button" className="linkbtn" onClick={() => setOpen(true)}>
              {t.anotherNode}
            </button>
          )}
        </span>
      ) : null}
      {open ? (
        <NodePicker
          label={t.theNodeThatItIsAbout}
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
          label={t.over}
          value={form.window}
          options={[
            { value: "rolling", label: t.theLastSoManyDays },
            { value: "calendar", label: t.aPartOfTheCalendar },
          ]}
          onChange={(window) => set({ window })}
        />
        {form.window === "rolling" ? (
          <LineField
            label={t.howLong}
            error={faultOf("/window")}
            help={t.n1hTo366dSuchAs30d}
            value={form.duration}
            onChange={(duration) => set({ duration })}
          />
        ) : (
          <PickField
            label={t.whichPart}
            help={t.weeksBeginOnMondays}
            value={form.period}
            options={periods}
            onChange={(period) => set({ period })}
          />
        )}
      </div>
      {form.window === "calendar" ? (
        <>
          <LineField
            label={t.timeZone}
            error={faultOf("/window/timeZone")}
            help={t.whereTheDayBeginsAtMidnightSuch}
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
