import { t as texts } from "@texts/node";
import { removeAnnotation } from "../../api/annotations";
import { Status } from "../../live/Status";
import { exactAge, moment, utc } from "../../util/time";
import { kinds, type Noted, webLink } from "./annotations";
import { type RuleChange, ruleWords } from "./ruleChanges";
import type { Segment } from "./segments";
import { TakeBack } from "./TakeBack";

interface TableProps {
  segments: readonly Segment[];
  rules: readonly RuleChange[];
  noted: readonly Noted[];
  to: number;
  until: string;
  /** Of another time nothing is taken back. */
  past: boolean;
  onAsk: (position: number | undefined) => void;
}

/** The lane in words, newest first. */
export function TimelineTable({ segments, rules, noted, to, until, past, onAsk }: TableProps) {
  const rows = [
    ...segments.map((segment) => ({ at: segment.from, segment })),
    ...rules.map((rule) => ({ at: rule.at, rule })),
    ...noted.map((note) => ({ at: note.at, note })),
  ].sort((a, b) => b.at - a.at);
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{texts.from}</th>
            <th>{texts.status}</th>
            <th className="num">{texts.for2}</th>
            <th>{texts.why}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => {
            const at = new Date(row.at).toISOString();
            if ("rule" in row)
              return (
                <tr key={`rules ${row.rule.position}`}>
                  <td className="t3 nw" title={utc(at)}>
                    {moment(at)}
                  </td>
                  <td className="t2">{texts.rules}</td>
                  <td />
                  <td className="t2">{ruleWords(row.rule)}</td>
                </tr>
              );
            if ("note" in row) return <NoteRow key={row.note.id} note={row.note} at={at} past={past} />;
            const { segment } = row;
            return (
              <tr key={segment.from}>
                <td className="t3 nw" title={utc(at)}>
                  {moment(at)}
                </td>
                <td>
                  <Status name={segment.status} />
                </td>
                <td className="num t3">{segment.to === to ? until : exactAge(segment.to - segment.from)}</td>
                <td className="t2">
                  {segment.reason}{" "}
                  {segment.learned ? (
                    <span className="t3 small" title={utc(segment.learned)}>
                      {texts.learnedAt(moment(segment.learned))}{" "}
                    </span>
                  ) : null}
                  {segment.position === undefined ? null : (
                    <button type="button" className="linkbtn t3 small" onClick={() => onAsk(segment.position)}>
                      {texts.explain}
                    </button>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function NoteRow({ note, at, past }: { note: Noted; at: string; past: boolean }) {
  const link = webLink(note.link);
  return (
    <tr>
      <td className="t3 nw" title={utc(at)}>
        {moment(at)}
      </td>
      <td className="t2">{kinds[note.kind]}</td>
      <td />
      <td className="t2">
        {link ? (
          <a className="linkbtn" href={link} target="_blank" rel="noopener noreferrer">
            {note.text}
          </a>
        ) : (
          note.text
        )}
        <span className="t3">
          {note.of ? texts.of3(note.of) : ""}
          {note.by ? texts.by3(note.by) : ""}
        </span>{" "}
        {past ? null : <TakeBack quiet label={texts.takeItBack} change={() => removeAnnotation(note.id)} />}
      </td>
    </tr>
  );
}
