import { useQuery, useQueryClient } from "@tanstack/react-query";
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
          <h1>Notices</h1>
          <p className="sub t3">
            One message for one incident: the root cause, what it drags along, and a link that explains.
          </p>
        </div>
        <div className="acts">
          <Link className="btn" to={paths.told()}>
            What was told
          </Link>
          <Button onClick={() => ask({ what: "new channel" })}>New channel</Button>
          <Button
            look="primary"
            because={known.length === 0 && "Make a channel first"}
            onClick={() => ask({ what: "new rule" })}
          >
            New rule
          </Button>
        </div>
      </div>
      <Section title="Rules" note="who is told of what">
        <Reading query={rules} what="the notice rules" rows={3}>
          {(found) => <Rules rules={found.items} channels={known} onAsk={ask} />}
        </Reading>
      </Section>
      <Section title="Channels" note="where it goes">
        <Reading query={channels} what="the channels" rows={3}>
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
  const nameOf = (id: string) => props.channels.find((channel) => channel.id === id)?.name ?? "a deleted channel";
  if (props.rules.length === 0)
    return (
      <Empty title="Nobody is told of anything">
        <p>A rule says which nodes and from which status on, to which channels, and when it may wait.</p>
      </Empty>
    );
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>Rule</th>
          <th>Tells of</th>
          <th className="hide-p">How</th>
          <th>Channels</th>
          <th>
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rules.map((rule) => (
          <tr key={rule.id}>
            <td>
              {rule.name}
              {rule.enabled ? null : <span className="t3 small"> · off</span>}
            </td>
            <td className="t2">
              {rule.atLeast} or worse{rule.nodeIds.length > 0 ? `, in ${rule.nodeIds.length} subtrees` : ""}
            </td>
            <td className="hide-p t2">{summary(rule)}</td>
            <td className="t2">{rule.channelIds.map(nameOf).join(", ")}</td>
            <td className="num">
              <Button small look="quiet" onClick={() => props.onAsk({ what: "rule", rule })}>
                Edit
              </Button>
              <Button small look="quiet" onClick={() => props.onAsk({ what: "delete rule", rule })}>
                Delete
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
          title={`Delete ${asked.channel.name}?`}
          action="Delete"
          onClose={onClose}
          onConfirm={async () => {
            await deleteChannel(asked.channel.id);
            await client.invalidateQueries({ queryKey: channelsKey });
          }}
          explain={explainError}
        >
          <p>What still waits for it is given up. Rules that name it go on with their other channels.</p>
        </Confirm>
      );
    case "delete rule":
      return (
        <Confirm
          title={`Delete ${asked.rule.name}?`}
          action="Delete"
          onClose={onClose}
          onConfirm={async () => {
            await deleteNoticeRule(asked.rule.id);
            await client.invalidateQueries({ queryKey: noticeRulesKey });
          }}
          explain={explainError}
        >
          <p>It tells nothing any more, not even the end of what it has told.</p>
        </Confirm>
      );
    default:
      return null;
  }
}
