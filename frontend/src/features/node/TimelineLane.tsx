import { t as texts } from "@texts/node";
import type { CSSProperties } from "react";
import { StatusShape } from "../../live/Status";
import { timeTicks } from "../../ui/Chart";
import { counted } from "../../util/number";
import { byWorst, isProblem, look } from "../../util/status";
import { clock, exactAge, utc } from "../../util/time";
import { labelledNotes, type Noted, notedWords } from "./annotations";
import { hours, type RuleChange, ruleWords } from "./ruleChanges";
import type { Segment } from "./segments";

const barHeight = (status: string) => (status === "up" ? 3 : look(status).height * 2);

interface LaneProps {
  segments: readonly Segment[];
  rules: readonly RuleChange[];
  noted: readonly Noted[];
  from: number;
  to: number;
  asked: number | undefined;
  onAsk: (position: number | undefined) => void;
}

export function Lane({ segments, rules, noted, from, to, asked, onAsk }: LaneProps) {
  const share = (at: number) => ((at - from) / (to - from)) * 100;
  const first = segments[0]?.from ?? to;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the table view has the same as buttons
    <div
      className={noted.length > 0 ? "lane noted" : "lane"}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const time = from + ((event.clientX - box.left) / box.width) * (to - from);
        const nearest = nearestTo(segments, time, (to - from) / 100);
        if (nearest) onAsk(nearest.position);
      }}
      role="img"
      aria-label={texts.timelineOfHTheTableViewHasEvery(
        hours,
        words(segments),
        [
          ...(rules.length > 0 ? [`; ${counted(rules.length, texts.publicationsOfRules)}`] : []),
          ...noted.slice(-3).map((note) => `; ${notedWords(note)}`),
        ].join(""),
      )}
    >
      <span className="base" />
      {first > from + 1000 ? (
        <span className="b nd" style={{ left: 0, width: `${share(first)}%`, height: 8 }} title={texts.noData} />
      ) : null}
      {segments.map((segment) => (
        <span
          key={segment.from}
          className={`b s-${look(segment.status).tone}${asked !== undefined && segment.position === asked ? " asked" : ""}`}
          style={{
            left: `min(${share(segment.from)}%, 100% - 2px)`,
            width: `${share(segment.to) - share(segment.from)}%`,
            height: barHeight(segment.status),
          }}
          title={texts.forFromClickForWhy(
            segment.status,
            exactAge(segment.to - segment.from),
            utc(new Date(segment.from).toISOString()),
          )}
        />
      ))}
      <Notes noted={noted} share={share} />
      {labelled(segments, share).map(({ segment, left, row }) => (
        <span
          key={segment.from}
          className={left > 72 ? "mk r" : "mk"}
          style={{ left: `${left}%`, "--row": row } as CSSProperties}
          title={utc(new Date(segment.from).toISOString())}
        >
          <StatusShape name={segment.status} size="sm" />
          <span>
            {clock(segment.from).slice(0, 5)} {segment.status}
            {segment.to < to ? `, ${exactAge(segment.to - segment.from).replace(/ 0 (s|min|h)$/, "")}` : ""}
          </span>
        </span>
      ))}
      {rules.map((rule) => (
        <span
          key={rule.position}
          className="ru"
          style={{ left: `min(${share(rule.at)}%, 100% - 1px)` }}
          title={`${ruleWords(rule)}, ${utc(new Date(rule.at).toISOString())}`}
        />
      ))}
      <span className="now" />
      {timeTicks(from, to).map(({ at, text }) => (
        <span key={at} className="x" style={{ left: `${share(at)}%` }}>
          {text}
        </span>
      ))}
    </div>
  );
}

/** A line for each through the whole lane, with a head by its kind; the words of as many as fit. */
function Notes({ noted, share }: Pick<LaneProps, "noted"> & { share: (at: number) => number }) {
  const labels = new Map(labelledNotes(noted, share).map((label) => [label.note.id, label]));
  return noted.map((note) => {
    const label = labels.get(note.id);
    return (
      <span
        key={note.id}
        className={`an ${note.kind}`}
        style={{ left: `${share(note.at)}%` }}
        title={`${notedWords(note)}, ${utc(new Date(note.at).toISOString())}`}
      >
        {label ? (
          <span
            style={{
              maxWidth: `calc(${label.room}cqw - 18px)`,
              ...(label.before === undefined ? {} : { left: "auto", right: `calc(${label.before}cqw + 9px)` }),
            }}
          >
            {note.text}
          </span>
        ) : null}
      </span>
    );
  });
}

const words = (segments: readonly Segment[]) =>
  segments
    .map((segment) => texts.for(segment.status, exactAge(segment.to - segment.from)))
    .slice(-6)
    .reduce((before, after) => (before ? texts.andThen(before, after) : after), "") || texts.noData;

/** Percent of the lane that a label takes, about. */
const labelWidth = 17;

/** The longest problems get a label, on two lines, where there is room. */
function labelled(segments: readonly Segment[], share: (at: number) => number) {
  const ends = [-1, -1];
  const chosen = segments
    .filter((segment) => isProblem(segment.status) || segment.status === "maintenance")
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, 6)
    .sort((a, b) => a.from - b.from);
  return chosen.flatMap((segment) => {
    const left = share(segment.from);
    const [start, end] = left > 72 ? [left - labelWidth, left] : [left, left + labelWidth];
    const row = ends.findIndex((taken) => taken <= start);
    if (row < 0) return [];
    ends[row] = end;
    return [{ segment, left, row }];
  });
}

/** The stretch at a time, or a problem close by: short ones are hard to hit. */
function nearestTo(segments: readonly Segment[], time: number, reach: number): Segment | undefined {
  const known = segments.filter((segment) => segment.position !== undefined);
  const near = known.filter((segment) => segment.from - reach <= time && time < segment.to + reach);
  const worst = near.toSorted((a, b) => byWorst(a.status, b.status))[0];
  return worst ?? known.find((segment) => segment.from <= time && time < segment.to);
}
