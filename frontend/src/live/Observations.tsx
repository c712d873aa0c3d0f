import { t } from "@texts/live";
import { lazy, Suspense, useState } from "react";
import type { ObservationView } from "../api/model";
import { Name } from "../ui/Name";
import { latency, none } from "../util/number";
import { moment, utc, zone } from "../util/time";
import { learnedLate } from "./learned";
import { codeOrValue, Outcome, type Seen } from "./outcome";
import { said } from "./probeFacts";

const ObservationDialog = lazy(() => import("./ObservationDialog"));

/** Latest first: time, outcome, code or value, total, headers and text; a row opens the whole of it. */
export function Observations({ seen }: { seen: readonly Seen[] }) {
  const [open, setOpen] = useState<Seen>();
  const named = seen.some((row) => row.check);
  return (
    <>
      <table className={named ? "tbl tight obs stack" : "tbl tight obs"}>
        <thead>
          <tr>
            <th className="c-at">{t.time(zone())}</th>
            {named ? <th>{t.check}</th> : null}
            <th className="c-out">{t.outcome}</th>
            <th className="num c-code">{t.codeOrValue}</th>
            <th className="num c-tot hide-p">{t.total2}</th>
            <th className="hide-p c-hdr">{seen.some((row) => row.observation.headers) ? t.headers : t.tells}</th>
            <th className="hide-p">{t.text}</th>
          </tr>
        </thead>
        <tbody>
          {seen.map((row) => (
            <ObservationRow
              key={`${row.check} ${row.observation.position}`}
              row={row}
              named={named}
              onOpen={() => setOpen(row)}
            />
          ))}
        </tbody>
      </table>
      <Suspense>{open ? <ObservationDialog {...open} onClose={() => setOpen(undefined)} /> : null}</Suspense>
    </>
  );
}

function ObservationRow({ row, named, onOpen }: { row: Seen; named: boolean; onOpen: () => void }) {
  const { observation: o, check } = row;
  return (
    <tr>
      <td className="t3 nw">
        <button type="button" className="linkbtn" onClick={onOpen} title={t.showAllOfIt(utc(o.at))}>
          {moment(o.at)}
        </button>
        <Learned observation={o} />
      </td>
      {named ? <td className="ell full">{check ? <Name of={check} /> : null}</td> : null}
      <td>
        <Outcome word={o.outcome} />
      </td>
      <td className="num">{codeOrValue(o)}</td>
      <td className="num t2 hide-p">{o.latency ? latency(o.latency.total) : none}</td>
      <td className="hide-p t2 ell">
        <code>{headerLine(o)}</code>
      </td>
      <td className="hide-p t2 ell">
        <code>{o.message ?? o.text ?? ""}</code>
      </td>
    </tr>
  );
}

function Learned({ observation }: Pick<Seen, "observation">) {
  const at = learnedLate(observation);
  return at ? (
    <span className="small learned" title={utc(at)}>
      {t.learned(moment(at))}
    </span>
  ) : null;
}

/** What tells answers apart; the rest is in the dialog. */
const tellingHeaders = ["retry-after", "location", "x-region", "server", "content-type"];

function headerLine(o: ObservationView): string {
  const known = new Map(Object.entries(o.headers ?? {}).map(([name, text]) => [name.toLowerCase(), text]));
  const name = tellingHeaders.find((header) => known.has(header)) ?? known.keys().next().value;
  return name ? `${name}: ${known.get(name)}` : said(o);
}
