import { useMutation } from "@tanstack/react-query";
import { t } from "@texts/notices";
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
        title={t.thereIsNoChannel}
        actions={
          <Button needs="admin" onClick={() => props.onAsk({ what: "new channel" })}>
            {t.newChannel}
          </Button>
        }
      >
        <p>{t.aChatServicesIncomingWebhookA}</p>
      </Empty>
    );
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>{t.channel}</th>
          <th>{t.kind}</th>
          <th className="hide-p">{t.goesTo}</th>
          <th>
            <span className="vh">{t.actions}</span>
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
        {channel.enabled ? null : <span className="t3 small"> {t.off}</span>}
        {channel.disabledBecause ? <span className="err small where">{channel.disabledBecause}</span> : null}
        <span className="small where" role="status">
          {test.data ? (test.data.delivered ? t.delivered(test.data.detail) : t.notDelivered(test.data.detail)) : null}
          {test.error ? t.itCouldNotBeTried(explainError(test.error)) : null}
        </span>
      </td>
      <td className="t2">{kindWords[channel.kind]}</td>
      <td className="hide-p t2">{channel.target}</td>
      <td className="num">
        <Button needs="admin" small look="quiet" busy={test.isPending} onClick={() => test.mutate()}>
          {t.test}
        </Button>
        {channel.kind === "webhook" ? (
          <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "secret", channel })}>
            {t.secret}
          </Button>
        ) : null}
        <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "channel", channel })}>
          {t.edit}
        </Button>
        <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "delete channel", channel })}>
          {t.delete}
        </Button>
      </td>
    </tr>
  );
}
