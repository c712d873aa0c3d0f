import { useInfiniteQuery } from "@tanstack/react-query";
import { t } from "@texts/system";
import type { SystemEventKind, SystemEventView } from "../../api/model";
import { systemEventsQuery } from "../../api/system";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { moment, utc } from "../../util/time";

const kinds: Record<SystemEventKind, string> = {
  started: t.started,
  upgraded: t.upgraded,
  stopped: t.stopped,
  resumed: t.wasAway,
  databaseRegained: t.databaseBack,
  rebuilt: t.rebuilt,
  agentConnected: t.agentCame,
  agentLost: t.agentLost,
  dropped: t.retention,
};

/** What became of Torch itself. */
export function OwnEvents({ hours }: { hours: number }) {
  const found = useInfiniteQuery(systemEventsQuery(hours));
  return (
    <Reading query={found} what={t.whatBecameOfTorch} rows={4}>
      {({ pages }) => {
        const events = pages.flatMap((page) => page.items);
        return events.length === 0 ? (
          <p className="t3">{t.nothingHappenedInThisTime}</p>
        ) : (
          <>
            <table className="tbl tight own-events" aria-label={t.whatBecameOfTorch2}>
              <tbody>
                {events.map((event) => (
                  <Row key={event.position} event={event} />
                ))}
              </tbody>
            </table>
            {found.hasNextPage ? (
              <Button small busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
                {t.earlier}
              </Button>
            ) : null}
          </>
        );
      }}
    </Reading>
  );
}

const Row = ({ event }: { event: SystemEventView }) => (
  <tr>
    <td className="t3" title={utc(event.at)}>
      {moment(event.at)}
    </td>
    <td className="t2">{kinds[event.kind]}</td>
    <td>{event.text}</td>
  </tr>
);
