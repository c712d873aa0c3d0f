import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { t } from "@texts/system";
import { logCountsQuery, logsQuery } from "../../api/logs";
import type { LogCountView } from "../../api/model";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Section } from "../../ui/Section";
import { counted } from "../../util/number";
import { LogFilters } from "./LogFilters";
import { LogTable } from "./LogTable";
import "./logs.css";
import { totals } from "./logWords";
import { useLogFilter } from "./useLogFilter";

/** What servers and agents logged in the last week. */
export function Logs() {
  const [filter, set] = useLogFilter();
  const counts = useQuery(logCountsQuery()).data ?? [];
  const found = useInfiniteQuery(logsQuery(filter));
  return (
    <Section title={t.logs} note={kept(counts)}>
      <LogFilters filter={filter} set={set} counts={counts} />
      <Reading query={found} what={t.theLogs} rows={8}>
        {({ pages }) => {
          const lines = pages.flatMap((page) => page.items);
          return lines.length > 0 ? (
            <>
              <LogTable lines={lines} />
              <p className="t3 small log-foot" aria-live="polite">
                {counted(lines.length, t.lines)}
                {found.hasNextPage ? t.soFar : ""}
                {found.hasNextPage ? (
                  <Button small busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
                    {t.earlierLines}
                  </Button>
                ) : null}
              </p>
            </>
          ) : (
            <Nothing filtered={Object.keys(filter).length > 0} />
          );
        }}
      </Reading>
    </Section>
  );
}

const kept = (counts: readonly LogCountView[]) =>
  [t.ofTheLast7Days, ...totals(counts).map(({ level, lines }) => words[level](lines))].join(" · ");

const words: Record<LogCountView["level"], (lines: number) => string> = {
  information: (lines) => counted(lines, t.information2),
  warning: (lines) => counted(lines, t.warnings2),
  error: (lines) => counted(lines, t.errors),
  critical: (lines) => counted(lines, t.critical2),
};

const Nothing = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <Empty title={t.noLineMatches}>
      <p>{t.liftAFilterOrAskForALongerTime}</p>
    </Empty>
  ) : (
    <Empty title={t.nothingWasLoggedYet}>
      <p>{t.whatServersSayFromInformationOn}</p>
    </Empty>
  );
