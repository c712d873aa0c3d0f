import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { lazy, Suspense, useState } from "react";
import type { ChannelView, NoticeRuleView } from "../../api/model";
import {
  channelsKey,
  channelsQuery,
  deleteChannel,
  deleteNoticeRule,
  noticeRulesKey,
  noticeRulesQuery,
} from "../../api/notices";
import { explainError } from "../../api/problem";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { ChannelTable } from "./ChannelTable";
import "./notices.css";
import { summary } from "./ruleForm";

const ChannelDialog = lazy(() => import("./ChannelDialog"));
const RuleDialog = lazy(() => import("./RuleDialog"));
const SecretDialog = lazy(() => import("./SecretDialog"));

export type Asked =
  | { what: "new channel" | "new rule" }
  | { what: "channel" | "delete channel" | "secret"; channel: ChannelView }
  | { what: "rule" | "delete rule"; rule: NoticeRuleView };

/** Who is told of what, and by which way. */
export function NoticesPage() {
  const channels = useQuery(channelsQuery());
  const rules = useQuery(noticeRulesQuery());
  const [asked, ask] = useState<Asked>();
  const known = channels.data?.items ?? [];
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.notices}</h1>
          <p className="sub t3">{t.oneMessageForOneIncidentTheRoot}</p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.told()}>
            {t.whatWasTold}
          </Link>
          <Button needs="admin" onClick={() => ask({ what: "new channel" })}>
            {t.newChannel}
          </Button>
          <Button
            needs="write"
            look="primary"
            because={known.length === 0 && t.makeAChannelFirst}
            onClick={() => ask({ what: "new rule" })}
          >
            {t.newRule}
          </Button>
        </div>
      </div>
      <Section title={t.rules} note={t.whoIsToldOfWhat}>
        <Reading query={rules} what={t.theNoticeRules} rows={3}>
          {(found) => <Rules rules={found.items} channels={known} onAsk={ask} />}
        </Reading>
      </Section>
      <Section title={t.channels} note={t.whereItGoes}>
        <Reading query={channels} what={t.theChannels} rows={3}>
          {(found) => <ChannelTable channels={found.items} onAsk={ask} />}
        </Reading>
      </Section>
      <Suspense>
        <Dialogs asked={asked} channels={known} onClose={() => ask(undefined)} />
      </Suspense>
    </>
  );
}

function Rules(props: {
  rules: readonly NoticeRuleView[];
  channels: readonly ChannelView[];
  onAsk: (asked: Asked) => void;
}) {
  const nameOf = (id: string) => props.channels.find((channel) => channel.id === id)?.name ?? t.aDeletedChannel;
  if (props.rules.length === 0)
    return (
      <Empty title={t.nobodyIsToldOfAnything}>
        <p>{t.aRuleSaysWhichNodesAndFromWhich}</p>
      </Empty>
    );
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.rule}</th>
          <th>{t.tellsOf}</th>
          <th className="hide-p">{t.how}</th>
          <th>{t.channels}</th>
          <th>
            <span className="vh">{t.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rules.map((rule) => (
          <tr key={rule.id}>
            <td>
              {rule.name}
              {rule.enabled ? null : <span className="t3 small"> {t.off}</span>}
            </td>
            <td className="t2">
              {t.orWorse2(rule.atLeast, rule.nodeIds.length > 0 ? t.inSubtrees(rule.nodeIds.length) : "")}
            </td>
            <td className="hide-p t2">{summary(rule)}</td>
            <td className="t2">{rule.channelIds.map(nameOf).join(", ")}</td>
            <td className="num">
              <Button needs="write" small look="quiet" onClick={() => props.onAsk({ what: "rule", rule })}>
                {t.edit}
              </Button>
              <Button needs="write" small look="quiet" onClick={() => props.onAsk({ what: "delete rule", rule })}>
                {t.delete}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Dialogs(props: { asked: Asked | undefined; channels: readonly ChannelView[]; onClose: () => void }) {
  const { asked, channels, onClose } = props;
  const client = useQueryClient();
  switch (asked?.what) {
    case "new channel":
      return <ChannelDialog onClose={onClose} />;
    case "channel":
      return <ChannelDialog channel={asked.channel} onClose={onClose} />;
    case "secret":
      return <SecretDialog channel={asked.channel} onClose={onClose} />;
    case "new rule":
      return <RuleDialog channels={channels} onClose={onClose} />;
    case "rule":
      return <RuleDialog rule={asked.rule} channels={channels} onClose={onClose} />;
    case "delete channel":
      return (
        <Confirm
          title={t.delete2(asked.channel.name)}
          action={t.delete}
          onClose={onClose}
          onConfirm={async () => {
            await deleteChannel(asked.channel.id);
            await client.invalidateQueries({ queryKey: channelsKey });
          }}
          explain={explainError}
        >
          <p>{t.whatStillWaitsForItIsGivenUp}</p>
        </Confirm>
      );
    case "delete rule":
      return (
        <Confirm
          title={t.delete2(asked.rule.name)}
          action={t.delete}
          onClose={onClose}
          onConfirm={async () => {
            await deleteNoticeRule(asked.rule.id);
            await client.invalidateQueries({ queryKey: noticeRulesKey });
          }}
          explain={explainError}
        >
          <p>{t.itTellsNothingAnyMoreNotEvenThe}</p>
        </Confirm>
      );
    default:
      return null;
  }
}
