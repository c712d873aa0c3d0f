import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
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
    <Section title="Logs" note={kept(counts)}>
      <LogFilters filter={filter} set={set} counts={counts} />
      <Reading query={found} what="the logs" rows={8}>
        {({ pages }) => {
          const lines = pages.flatMap((page) => page.items);
          return lines.length > 0 ? (
            <>
              <LogTable lines={lines} />
              <p className="pad t3 small" aria-live="polite">
                {counted(lines.length, "line")}
                {found.hasNextPage ? " so far " : ""}
                {found.hasNextPage ? (
                  <Button small busy={found.isFetchingNextPage} onClick={() => found.fetchNextPage()}>
                    Earlier lines
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
  ["of the last 7 days", ...totals(counts).map(({ level, lines }) => words[level](lines))].join(" · ");

const words: Record<LogCountView["level"], (lines: number) => string> = {
  information: (lines) => counted(lines, "information", "information"),
  warning: (lines) => counted(lines, "warning"),
  error: (lines) => counted(lines, "error"),
  critical: (lines) => counted(lines, "critical", "critical"),
};

const Nothing = ({ filtered }: { filtered: boolean }) =>
  filtered ? (
    <Empty title="No line matches">
      <p>Lift a filter, or ask for a longer time. Agents send warnings and errors only.</p>
    </Empty>
  ) : (
    <Empty title="Nothing was logged yet">
      <p>What servers say from information on, and agents from warnings on, stands here for seven days.</p>
    </Empty>
  );
