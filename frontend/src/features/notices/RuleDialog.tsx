import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { useState } from "react";
import type { ChannelView, NoticeRuleView } from "../../api/model";
import { changeNoticeRule, createNoticeRule, noticeRulesKey } from "../../api/notices";
import { statusesQuery } from "../../api/queries";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Switch } from "../../ui/Switch";
import { ChannelPicks } from "./ChannelPicks";
import { NodePicks } from "./NodePicks";
import { badDuration, formOf, missing, type RuleForm, toRequest } from "./ruleForm";
import { Later, Quiet } from "./WhenFields";

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
          <ChannelPicks
            legend={t.channels}
            channels={channels}
            picked={form.channelIds}
            onPick={(channelIds) => set({ channelIds })}
          />
          <NodePicks picked={form.nodeIds} onPick={(nodeIds) => set({ nodeIds })} error={faultOf("/nodeIds")} />
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
