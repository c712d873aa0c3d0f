import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/notices";
import type { DeliveryView, NoticeView } from "../../api/model";
import { noticesKey, noticesQuery, replayNotice } from "../../api/notices";
import { explainError } from "../../api/problem";
import { Portion } from "../../live/Portion";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { moment, utc } from "../../util/time";
import "./notices.css";
import { ToldFilters } from "./ToldFilters";
import { every, isFiltered, useToldFilter } from "./useToldFilter";

/** What was told, to whom, and what became of it. */
export function ToldPage() {
  const [filter, set] = useToldFilter();
  const notices = useInfiniteQuery(noticesQuery(filter));
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.whatWasTold}</h1>
          <p className="sub t3">
            <Link to={paths.notices()}>{t.notices}</Link> {t.eachMessageKeepsItsIdHowever}
          </p>
        </div>
      </div>
      <Section title={t.messages} note={t.newestFirst}>
        <ToldFilters filter={filter} set={set} />
        <Reading query={notices} what={t.whatWasTold2} rows={6}>
          {({ pages }) => {
            const told = pages.flatMap(({ items }) => items);
            if (told.length === 0) return isFiltered(filter) ? <NoneOfThese onLift={() => set(every)} /> : <Nothing />;
            return (
              <Portion items={told} pages={notices}>
                {(some) => <Table notices={some} />}
              </Portion>
            );
          }}
        </Reading>
      </Section>
    </>
  );
}

const NoneOfThese = ({ onLift }: { onLift: () => void }) => (
  <Empty title={t.noMessageMatches} actions={<Button onClick={onLift}>{t.allMessages}</Button>}>
    <p>{t.liftAFilterToSeeWhatElseWasTold}</p>
  </Empty>
);

const Nothing = () => (
  <Empty title={t.nothingWasToldYet}>
    <p>{t.whatANoticeRuleTellsWillStand}</p>
  </Empty>
);

function Table({ notices }: { notices: readonly NoticeView[] }) {
  return (
    <table className="tbl told">
      <thead>
        <tr>
          <th>{t.when}</th>
          <th>{t.what}</th>
          <th className="hide-p">{t.rule}</th>
          <th>{t.channels}</th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice) => (
          <tr key={notice.id}>
            <td title={utc(notice.at)}>{moment(notice.at)}</td>
            <td>
              {notice.kind === "digest" ? t.incidents(notice.count) : <Item notice={notice} />}
              <span className="t3 small where">{notice.kind}</span>
            </td>
            <td className="hide-p t2">{notice.rule ?? t.aDeletedRule}</td>
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
      <Link to={paths.incident(item.incidentId)}>{item.name || t.aDeletedNode}</Link> {item.status}
    </>
  );
}

function Delivery({ notice, delivery }: { notice: NoticeView; delivery: DeliveryView }) {
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => replayNotice(notice.id, delivery.channelId),
    onSuccess: () => client.invalidateQueries({ queryKey: noticesKey }),
  });
  const name = delivery.channel ?? t.aDeletedChannel;
  return (
    <div className="delivery">
      <span>
        {name}: {delivery.state}
        {delivery.detail ? <span className="t3 small where">{delivery.detail}</span> : null}
        {delivery.retryAt ? (
          <span className="t3 small where" title={utc(delivery.retryAt)}>
            {t.again(moment(delivery.retryAt))}
          </span>
        ) : null}
        {again.error ? <span className="err small where">{explainError(again.error)}</span> : null}
      </span>
      {delivery.state === "waiting" ? null : (
        <Button
          needs="write"
          small
          look="quiet"
          busy={again.isPending}
          aria-label={t.sendAgainTo(name)}
          onClick={() => again.mutate()}
        >
          {t.again2}
        </Button>
      )}
    </div>
  );
}
