import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { useState } from "react";
import type { ChannelView, NoticeRuleView } from "../../api/model";
import { changeNoticeRule, createNoticeRule, noticeRulesKey } from "../../api/notices";
import { statusesQuery, treesQuery } from "../../api/queries";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/places";
import { Button } from "../../ui/Button";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Switch } from "../../ui/Switch";
import { badDuration, formOf, missing, type RuleForm, toRequest } from "./ruleForm";

interface Props {
  rule?: NoticeRuleView;
  channels: readonly ChannelView[];
  onClose: () => void;
}

/** Who is told of what. */
export default function RuleDialog({ rule, channels, onClose }: Props) {
  const client = useQueryClient();
  const statuses = useQuery(statusesQuery());
  const [form, setForm] = useState(() => formOf(rule));
  const set = (change: Partial<RuleForm>) => setForm((known) => ({ ...known, ...change }));
  const bad = (statuses.data ?? []).filter((status) => (status.severity ?? 0) > 0).map((status) => status.name);
  const severities = (bad.length > 0 ? bad : [form.atLeast]).map((value) => ({ value, label: value }));
  const save = () => (rule ? changeNoticeRule(rule.id, toRequest(form, rule)) : createNoticeRule(toRequest(form)));
  return (
    <CommandDialog
      title={rule ? rule.name : t.newNoticeRule}
      action={rule ? t.save : t.makeTheRule}
      wide
      because={missing(form)}
      failed={t.theRuleWasNotSaved}
      run={save}
      onDone={() => void client.invalidateQueries({ queryKey: noticeRulesKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className="two">
            <LineField
              label={t.name}
              error={faultOf("/name")}
              maxLength={200}
              value={form.name}
              onChange={(name) => set({ name })}
              data-autofocus
            />
            <PickField
              label={t.fromThisStatusOn}
              error={faultOf("/atLeast")}
              value={form.atLeast}
              options={severities}
              onChange={(atLeast) => set({ atLeast })}
            />
          </div>
          <Channels
            legend={t.channels}
            channels={channels}
            picked={form.channelIds}
            onPick={(channelIds) => set({ channelIds })}
          />
          <Subtrees picked={form.nodeIds} onPick={(nodeIds) => set({ nodeIds })} error={faultOf("/nodeIds")} />
          <div className="two">
            <LineField
              label={t.onlyAfter}
              help={t.howLongItMustLastSuchAs2mEmpty}
              error={badDuration(form.delay) ?? faultOf("/delay")}
              value={form.delay}
              onChange={(delay) => set({ delay })}
            />
            <LineField
              label={t.gatherFor}
              help={t.moreThanFiveInThatTimeAreOne}
              error={badDuration(form.gather) ?? faultOf("/gather")}
              value={form.gather}
              onChange={(gather) => set({ gather })}
            />
          </div>
          <Later form={form} channels={channels} set={set} faultOf={faultOf} />
          <Quiet form={form} severities={severities} set={set} faultOf={faultOf} />
          <div className="row wraps">
            <Switch label={t.tellTheEndToo} on={form.recovery} onChange={(recovery) => set({ recovery })} />
            <Switch label={t.inUse} on={form.enabled} onChange={(enabled) => set({ enabled })} />
          </div>
        </>
      )}
    </CommandDialog>
  );
}

type Setting = {
  form: RuleForm;
  set: (change: Partial<RuleForm>) => void;
  faultOf: (pointer: string) => string | undefined;
};

function Later({ form, channels, set, faultOf }: Setting & { channels: readonly ChannelView[] }) {
  return (
    <>
      <div className="two">
        <LineField
          label={t.againEvery2}
          help={t.whileNobodyHasAcknowledgedIt}
          error={badDuration(form.repeat) ?? faultOf("/repeat")}
          value={form.repeat}
          onChange={(repeat) => set({ repeat })}
        />
        <LineField
          label={t.escalateAfter}
          help={t.whereNobodyHasAcknowledgedByThen}
          error={badDuration(form.escalateAfter) ?? faultOf("/escalations")}
          value={form.escalateAfter}
          onChange={(escalateAfter) => set({ escalateAfter })}
        />
      </div>
      {form.escalateAfter ? (
        <Channels
          legend={t.escalateTo}
          channels={channels}
          picked={form.escalateTo}
          onPick={(escalateTo) => set({ escalateTo })}
        />
      ) : null}
    </>
  );
}

function Quiet({
  form,
  severities,
  set,
  faultOf,
}: Setting & { severities: readonly { value: string; label: string }[] }) {
  return (
    <>
      <div className="two">
        <LineField
          label={t.quietHours}
          help={t.suchAsDaily22000700EmptyForNone}
          error={faultOf("/quiet")}
          value={form.quiet}
          onChange={(quiet) => set({ quiet })}
        />
        <LineField label={t.timeZone} value={form.zone} onChange={(zone) => set({ zone })} />
      </div>
      {form.quiet ? (
        <PickField
          label={t.whatBreaksThrough}
          value={form.except}
          options={[
            { value: "", label: t.nothing },
            ...severities.map(({ value }) => ({ value, label: t.orWorse(value) })),
          ]}
          onChange={(except) => set({ except })}
        />
      ) : null}
    </>
  );
}

function Channels(props: {
  legend: string;
  channels: readonly ChannelView[];
  picked: readonly string[];
  onPick: (ids: string[]) => void;
}) {
  const toggle = (id: string) =>
    props.onPick(props.picked.includes(id) ? props.picked.filter((one) => one !== id) : [...props.picked, id]);
  return (
    <fieldset className="fl">
      <legend className="lb">{props.legend}</legend>
      {props.channels.map((channel) => (
        <label key={channel.id} className="choice">
          <input type="checkbox" checked={props.picked.includes(channel.id)} onChange={() => toggle(channel.id)} />
          <span>
            {channel.name} <span className="t3">{channel.target}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Subtrees(props: { picked: readonly string[]; onPick: (ids: string[]) => void; error: string | undefined }) {
  const [open, setOpen] = useState(false);
  const trees = useQuery(treesQuery());
  const nodes = allNodes(trees.data ?? []);
  const nameOf = (id: string) => nodes.get(id)?.name ?? t.aDeletedNode;
  return (
    <fieldset className="fl">
      <legend className="lb">{t.of}</legend>
      <div className="row wraps">
        {props.picked.length === 0 ? <span className="t2">{t.allNodes}</span> : null}
        {props.picked.map((id) => (
          <Button
            key={id}
            small
            aria-label={t.takeAway(nameOf(id))}
            onClick={() => props.onPick(props.picked.filter((one) => one !== id))}
          >
            {nameOf(id)} ×
          </Button>
        ))}
        <Button small look="quiet" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? t.done : t.onlySome}
        </Button>
      </div>
      {open ? (
        <NodePicker
          label={t.nodesWithAllBelowThem}
          value={undefined}
          focus={false}
          onChange={(id) => (id && !props.picked.includes(id) ? props.onPick([...props.picked, id]) : undefined)}
        />
      ) : null}
      {props.error ? <span className="err">{props.error}</span> : null}
    </fieldset>
  );
}
