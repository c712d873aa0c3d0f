import { useMediaQuery } from "@mantine/hooks";
import { t } from "@texts/audit";
import { Fragment } from "react";
import { because } from "../../live/because";
import { Status } from "../../live/Status";
import { Name } from "../../ui/Name";
import { none } from "../../util/number";
import { clock, utc, zone } from "../../util/time";
import { changesOf, spaced } from "./changes";
import { type AuditLine, byDay } from "./lines";
import { eventWord } from "./words";

interface Props {
  lines: readonly AuditLine[];
  open: number | undefined;
  onOpen: (position: number) => void;
}

/** By day, the newest first. */
export function AuditList({ lines, open, onOpen }: Props) {
  // A cell that spans more columns than are shown would make room for them.
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  return (
    <table className="tbl tight events">
      <thead>
        <tr>
          <th className="c-time">{t.time(zone())}</th>
          <th className="c-who hide-p">{t.who}</th>
          <th className="c-what">{t.what}</th>
          <th>{t.of}</th>
          <th className="hide-p">{t.why}</th>
        </tr>
      </thead>
      <tbody>
        {byDay(lines).map(([day, some]) => (
          <Fragment key={day}>
            <tr className="day">
              <th colSpan={phone ? 3 : 5} scope="colgroup">
                {day}
              </th>
            </tr>
            {some.map((line) => (
              <Row
                key={`${line.kind} ${line.position} ${line.at}`}
                line={line}
                chosen={line.position === open}
                onOpen={onOpen}
              />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function Row({ line, chosen, onOpen }: { line: AuditLine; chosen: boolean; onOpen: (position: number) => void }) {
  const change = line.kind === "change" ? line.entry : undefined;
  return (
    <tr aria-selected={chosen} className={line.kind}>
      <td className="t3" title={t.position(utc(line.at), line.position)}>
        {clock(line.at)}
      </td>
      <td className="ell hide-p">{change ? (change.actor ?? "Torch") : <span className="t3">Torch</span>}</td>
      <td className="ell">
        <button type="button" className="linkbtn" aria-current={chosen} onClick={() => onOpen(line.position)}>
          {line.kind === "change" ? (
            eventWord(line.entry.type)
          ) : (
            <Turn from={line.transition.from} to={line.transition.to} />
          )}
        </button>
      </td>
      <td className="ell">{line.kind === "change" ? <Subject line={line} /> : line.transition.nodeName}</td>
      <td className="ell t2 hide-p">
        {(line.kind === "change"
          ? line.entry.reason
          : because(line.transition.reason ?? "", line.transition.nodeName ?? "")) || none}
      </td>
    </tr>
  );
}

const Turn = ({ from, to }: { from: string; to: string }) => (
  <span className="turn">
    <span className="t3">{from} →</span> <Status name={to} />
  </span>
);

/** The subject, and in a word what of it. */
function Subject({ line: { entry } }: { line: AuditLine & { kind: "change" } }) {
  const [only, ...more] = changesOf(entry.before, entry.after);
  const small = only && more.length === 0 && !`${only.before}${only.after}`.includes("\n");
  return (
    <>
      <Name of={entry.subject.name ?? spaced(entry.subject.kind)} />
      {small && only.before !== undefined ? (
        <span className="t3">
          {" "}
          {only.before} → {only.after ?? t.nothing}
        </span>
      ) : null}
    </>
  );
}
