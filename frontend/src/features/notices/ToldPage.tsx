import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeliveryView, NoticeView } from "../../api/model";
import { noticesKey, noticesQuery, replayNotice } from "../../api/notices";
import { explainError } from "../../api/problem";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { moment, utc } from "../../util/time";
import "./notices.css";

/** What was told, to whom, and what became of it. */
export function ToldPage() {
  const notices = useQuery(noticesQuery());
  return (
    <>
      <div className="head">
        <div>
          <h1>What was told</h1>
          <p className="sub t3">
            <Link to={paths.notices()}>Notices</Link> · each message keeps its id, however often it is sent.
          </p>
        </div>
      </div>
      <Section title="Messages" note="newest first">
        <Reading query={notices} what="what was told" rows={6}>
          {(found) => (found.items.length > 0 ? <Table notices={found.items} /> : <Nothing />)}
        </Reading>
      </Section>
    </>
  );
}

const Nothing = () => (
  <Empty title="Nothing was told yet">
    <p>What a notice rule tells will stand here, with what each receiver answered.</p>
  </Empty>
);

function Table({ notices }: { notices: readonly NoticeView[] }) {
  return (
    <table className="tbl told">
      <thead>
        <tr>
          <th>When</th>
          <th>What</th>
          <th className="hide-p">Rule</th>
          <th>Channels</th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <tr key={notice.id}>
            <td title={utc(notice.at)}>{moment(notice.at)}</td>
            <td>
              {notice.kind === "digest" ? `${notice.count} incidents` : <Item notice={notice} />}
              <span className="t3 small where">{notice.kind}</span>
            </td>
            <td className="hide-p t2">{notice.rule ?? "a deleted rule"}</td>
            <td>
              {notice.deliveries.map((delivery) => (
                <Delivery key={delivery.channelId} notice={notice} delivery={delivery} />
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Item({ notice }: { notice: NoticeView }) {
  const item = notice.items[0];
  if (!item) return null;
  return (
    <>
      <Link to={paths.incident(item.incidentId)}>{item.name || "a deleted node"}</Link> {item.status}
    </>
  );
}

function Delivery({ notice, delivery }: { notice: NoticeView; delivery: DeliveryView }) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => replayNotice(notice.id, delivery.channelId),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey }),
  });
  const name = delivery.channel ?? "a deleted channel";
  return (
    <div className="delivery">
      <span>
        {name}: {delivery.state}
        {delivery.detail ? <span className="t3 small where">{delivery.detail}</span> : null}
        {delivery.retryAt ? <span className="t3 small where">again {moment(delivery.retryAt)}</span> : null}
        {again.error ? <span className="err small where">{explainError(again.error)}</span> : null}
      </span>
      {delivery.state === "waiting" ? null : (
        <Button
          small
          look="quiet"
          busy={again.isPending}
          aria-label={`Send again to ${name}`}
          onClick={() => again.mutate()}
        >
          Again
        </Button>
      )}
    </div>
  );
}
