import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/system";
import { useState } from "react";
import { systemMetricsQuery } from "../../api/system";
import { Reading } from "../../live/Reading";
import { Section, TableSwitch } from "../../ui/Section";
import { Select } from "../../ui/Select";
import { moment } from "../../util/time";
import { OwnCharts } from "./OwnCharts";
import { OwnEvents } from "./OwnEvents";
import { OwnTable } from "./OwnTable";
import { wasMeasured } from "./ownFigures";
import { type Shown, sinceMeasured } from "./sinceMeasured";

const ranges = [
  { value: "1", label: "1 h" },
  { value: "6", label: "6 h" },
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
  { value: "720", label: "30 d" },
  { value: "8760", label: t.aYear },
] as const;

/** How Torch did, from what it writes of itself into the log. */
export function OwnTime() {
  const [hours, setHours] = useState<(typeof ranges)[number]["value"]>("1");
  const [table, setTable] = useState(false);
  const metrics = useQuery({ ...systemMetricsQuery(Number(hours)), select: sinceMeasured });
  const end = (
    <>
      <Select className="sm" label={t.range} value={hours} options={ranges} onChange={setHours} />
      <TableSwitch table={table} onChange={setTable} />
    </>
  );
  return (
    <>
      <Section title={t.overTime} note={noteOf(metrics.data)} end={end}>
        <Reading query={metrics} what={t.theFigures} rows={6}>
          {(found) =>
            !wasMeasured(found) ? (
              <p className="t3">{t.nothingYet}</p>
            ) : table ? (
              <OwnTable metrics={found} />
            ) : (
              <OwnCharts metrics={found} />
            )
          }
        </Reading>
      </Section>
      <Section title={t.whatHappened} note={t.inTheSameTime}>
        <OwnEvents hours={Number(hours)} />
      </Section>
    </>
  );
}

const noteOf = (shown: Shown | undefined) =>
  shown?.begun ? `${t.meansAndUpToWhat}; ${t.nothingBefore(moment(shown.begun))}` : t.meansAndUpToWhat;
