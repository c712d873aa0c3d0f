import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { useMemo } from "react";
import type { CheckView, LatestReport } from "../../api/model";
import { reportsQuery } from "../../api/reports";
import { Outcome } from "../../live/outcome";
import { Portion } from "../../live/Portion";
import { Reading } from "../../live/Reading";
import { Link } from "../../ui/Link";
import { useMay } from "../../ui/may";
import { Section } from "../../ui/Section";
import { count, counted } from "../../util/number";
import { paths } from "../../util/paths";
import { age, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { devicesOf, prefixOf } from "./feedDevices";

/** What a feed listed, each a source of its own. */
export function Devices({ check }: { check: CheckView }) {
  const all = useMay("all");
  const reports = useQuery({ ...reportsQuery(), enabled: all });
  const prefix = prefixOf(check);
  const devices = useMemo(() => devicesOf(reports.data?.items ?? [], prefix), [reports.data, prefix]);
  if (!all) return null;
  const unplaced = devices.filter((device) => device.nodeIds.length === 0).length;
  return (
    <Section
      title={t.devices}
      note={reports.data ? t.listedUnplaced(count(devices.length), count(unplaced)) : undefined}
      end={unplaced > 0 ? <Link to={paths.unplaced()}>{t.placeThem}</Link> : undefined}
    >
      <Reading query={reports} what={t.theDevices} rows={4}>
        {() =>
          devices.length > 0 ? (
            <Portion items={devices}>{(some) => <Table devices={some} />}</Portion>
          ) : (
            <p className="t3">{t.theFeedHasListedNoneYetEach}</p>
          )
        }
      </Reading>
    </Section>
  );
}

function Table({ devices }: { devices: readonly LatestReport[] }) {
  const now = useNow();
  return (
    <table className="tbl tight">
      <thead>
        <tr>
          <th>{t.device}</th>
          <th>{t.status2}</th>
          <th className="hide-p">{t.source}</th>
          <th>{t.shownBy}</th>
          <th className="num">{t.age}</th>
        </tr>
      </thead>
      <tbody>
        {devices.map((device) => (
          <tr key={device.source}>
            <td>
              <Link to={paths.check(device.checkId)}>{device.title ?? device.source}</Link>
            </td>
            <td>
              <Outcome word={device.status} />
            </td>
            <td className="t2 hide-p">
              <code>{device.source}</code>
            </td>
            <td className="t2">
              {device.nodeIds.length > 0 ? (
                counted(device.nodeIds.length, t.nodes)
              ) : (
                <span className="t3">{t.unplaced}</span>
              )}
            </td>
            <td className="num t3" title={utc(device.at)}>
              {age(now - Date.parse(device.at))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
