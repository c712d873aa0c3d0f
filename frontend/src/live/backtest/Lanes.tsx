import { t } from "@texts/live";
import type { StatusSpan } from "../../api/model";
import { timeTicks } from "../../ui/Chart";
import { look } from "../../util/status";
import { exactAge, moment } from "../../util/time";

interface Lane {
  title: string;
  note: string;
  spans: readonly StatusSpan[];
}

const height = 40;

/** Taller is worse; a quiet line where all is up. Two lanes share one axis, so that a difference stands below what it differs from. */
export function Lanes({ lanes, from, to }: { lanes: readonly Lane[]; from: number; to: number }) {
  const share = (at: number) => ((at - from) / (to - from)) * 100;
  return (
    <div className="lanes">
      {lanes.map(({ title, note, spans }) => (
        <div key={title} className="lane2">
          <div>
            <b>{title}</b>
            <span className="t3 small">{note}</span>
          </div>
          <svg viewBox={`0 0 1000 ${height}`} preserveAspectRatio="none" role="img" aria-label={words(title, spans)}>
            {[...outlines(spans, from, to)].map(([status, d]) => (
              <path key={status} className={`s-${look(status).tone}${status === "up" ? " up" : ""}`} d={d} />
            ))}
          </svg>
        </div>
      ))}
      <div className="lane2">
        <div />
        <div className="axis">
          {timeTicks(from, to).map(({ at, text }) => (
            <span key={at} className="x" style={{ left: `${share(at)}%` }}>
              {text}
            </span>
          ))}
        </div>
      </div>
    </div>
  );
}

/** One path per status; a span that is too short to see is drawn 2 wide. */
function outlines(spans: readonly StatusSpan[], from: number, to: number): Map<string, string> {
  const paths = new Map<string, string>();
  const x = (at: string) => ((Date.parse(at) - from) / (to - from)) * 1000;
  for (const span of spans) {
    const tall = span.status === "up" ? 3 : look(span.status).height * 2;
    const [left, right] = [x(span.from), x(span.to)];
    const end = Math.max(right, left + 2);
    const box = `M${left.toFixed(1)} ${height}V${height - tall}H${end.toFixed(1)}V${height}Z`;
    paths.set(span.status, (paths.get(span.status) ?? "") + box);
  }
  return paths;
}

const words = (title: string, spans: readonly StatusSpan[]) =>
  `${title}: ${
    spans
      .filter((span) => span.status !== "up")
      .slice(0, 6)
      .map((span) => t.forFrom(span.status, exactAge(Date.parse(span.to) - Date.parse(span.from)), moment(span.from)))
      .join(", ") || t.upAllTheTime
  }`;
