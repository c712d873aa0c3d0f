import { useMutation } from "@tanstack/react-query";
import type { ChannelView } from "../../api/model";
import { testChannel } from "../../api/notices";
import { explainError } from "../../api/problem";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { kindWords } from "./channelForm";
import type { Asked } from "./NoticesPage";

export function ChannelTable(props: { channels: readonly ChannelView[]; onAsk: (asked: Asked) => void }) {
  if (props.channels.length === 0)
    return (
      <Empty
        title="There is no channel"
        actions={<Button onClick={() => props.onAsk({ what: "new channel" })}>New channel</Button>}
      >
        <p>A chat service's incoming webhook, a mail server, Alertmanager, or a webhook of your own.</p>
      </Empty>
    );
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>Channel</th>
          <th>Kind</th>
          <th className="hide-p">Goes to</th>
          <th>
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.channels.map((channel) => (
          <Row key={channel.id} channel={channel} onAsk={props.onAsk} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ channel, onAsk }: { channel: ChannelView; onAsk: (asked: Asked) => void }) {
  const test = useMutation({ mutationFn: () => testChannel(channel.id) });
  return (
    <tr>
      <td>
        {channel.name}
        {channel.enabled ? null : <span className="t3 small"> · off</span>}
        {channel.disabledBecause ? <span className="err small where">{channel.disabledBecause}</span> : null}
        <span className="small where" role="status">
          {test.data
            ? test.data.delivered
              ? `Delivered: ${test.data.detail}`
              : `Not delivered. ${test.data.detail}`
            : null}
          {test.error ? `It could not be tried. ${explainError(test.error)}` : null}
        </span>
      </td>
      <td className="t2">{kindWords[channel.kind]}</td>
      <td className="hide-p t2">{channel.target}</td>
      <td className="num">
        <Button small look="quiet" busy={test.isPending} onClick={() => test.mutate()}>
          Test
        </Button>
        {channel.kind === "webhook" ? (
          <Button small look="quiet" onClick={() => onAsk({ what: "secret", channel })}>
            Secret
          </Button>
        ) : null}
        <Button small look="quiet" onClick={() => onAsk({ what: "channel", channel })}>
          Edit
        </Button>
        <Button small look="quiet" onClick={() => onAsk({ what: "delete channel", channel })}>
          Delete
        </Button>
      </td>
    </tr>
  );
}
