import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { t } from "@texts/audit";
import { useMemo } from "react";
import { type AuditFilter, auditQuery, auditTransitionsQuery, mostTransitions } from "../../api/audit";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { counted } from "../../util/number";
import { moment, utc } from "../../util/time";
import { AuditFilters } from "./AuditFilters";
import "./audit.css";
import { AuditList } from "./AuditList";
import { EventDetail } from "./EventDetail";
import { linesOf } from "./lines";
import { type AuditAddress, type ChangeAddress, useAuditFilter } from "./useAuditFilter";

const week = 7 * 86_400_000;

/** Who changed what, when, from where and why; of one node also what its status did meanwhile. */
export function AuditPage() {
  const [address, set] = useAuditFilter();
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.audit}</h1>
          <p className="sub">{t.whoChangedWhatWhenFromWhereAnd}</p>
        </div>
      </div>
      <AuditFilters address={address} set={set} />
      <Found key={address.node ?? ""} address={address} set={set} />
    </>
  );
}

interface Props {
  address: AuditAddress;
  set: ChangeAddress;
}

/** Of a node a week is told where no beginning is asked for: its statuses may change often. */
function filterOf({ event: _, ...filter }: AuditAddress, since: string): AuditFilter {
  return filter.node && !filter.from ? { ...filter, from: since } : filter;
}

function Found({ address, set }: Props) {
  // To the minute, so that what was read is not asked for again at once.
  const since = useMemo(() => new Date(Math.floor((Date.now() - week) / 60_000) * 60_000).toISOString(), []);
  const filter = filterOf(address, since);
  const statuses = filter.node !== undefined && !filter.person && !filter.types;
  const changes = useInfiniteQuery(auditQuery(filter));
  const transitions = useQuery({
    ...auditTransitionsQuery(filter.node ?? "", filter.from ?? since, filter.to),
    enabled: statuses,
  });
  const told = statuses ? (transitions.data?.items ?? []) : [];
  return (
    <div className="audit">
      <Reading query={changes} what={t.theChanges} rows={8}>
        {(pages) => {
          const entries = pages.pages.flatMap((one) => one.items);
          const lines = linesOf(entries, told, changes.hasNextPage);
          return (
            <div className="audit-list">
              <p className="pad t3 small" aria-live="polite" title={filter.from ? utc(filter.from) : undefined}>
                {counted(entries.length, t.changes)}
                {changes.hasNextPage ? t.soFar : ""}
                {statuses ? t.ofTheStatus(counted(told.length, t.changes)) : ""}
                {told.length >= mostTransitions ? t.theLatestNarrowTheTimeForEarlier : ""}
                {filter.from ? t.since(moment(filter.from)) : ""}
              </p>
              {lines.length === 0 ? (
                <Empty title={t.nobodyChangedAnythingHere}>
                  <p>{filtered(address) ? t.liftAFilterOrAskForAnEarlierTime : t.whatPeopleChangeFromNowOnIsKept}</p>
                </Empty>
              ) : (
                <AuditList lines={lines} open={address.event} onOpen={(event) => set({ event })} />
              )}
              {changes.hasNextPage ? (
                <p className="pad">
                  <Button busy={changes.isFetchingNextPage} onClick={() => changes.fetchNextPage()}>
                    {t.earlierChanges}
                  </Button>
                </p>
              ) : null}
            </div>
          );
        }}
      </Reading>
      {address.event === undefined ? null : (
        <EventDetail
          position={address.event}
          onOpen={(event) => set({ event })}
          onClose={() => set({ event: undefined })}
        />
      )}
    </div>
  );
}

const filtered = ({ event: _, ...filter }: AuditAddress) => Object.keys(filter).length > 0;
