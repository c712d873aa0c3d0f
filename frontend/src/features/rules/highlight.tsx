import type { ReactNode } from "react";

const token =
  /(?<s>"(?:[^"\\]|\\.)*"?|^\s*#.*$)|(?<k>\b(?:when|then|as|match|roll-up|times|row|recovery|hold|down(?=\s+\d)|flapping|time|zone|where|is|are|and|or|not|in|for|attempts|during|day|hour|matches|contains)\b)|(?<f>\b(?:count|percent|weight|all|any|no|child|avg|min|max|p\d\d|change|rate|worst|best)\b)/g;

/** Words of the text form in their colours; what stands at the column that is wrong is underlined. */
export function highlight(line: string, wrongAt?: number): ReactNode {
  if (wrongAt === undefined) return colour(line);
  const wrong = /^(?:[\w.]+|\S)/.exec(line.slice(wrongAt))?.[0] ?? "";
  return (
    <>
      {colour(line.slice(0, wrongAt))}
      <span className="wrong">{wrong || "\u00a0"}</span>
      {colour(line.slice(wrongAt + wrong.length))}
    </>
  );
}

function colour(line: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let done = 0;
  for (const m of line.matchAll(token)) {
    const kind = m.groups?.s ? "s" : m.groups?.k ? "k" : "f";
    parts.push(
      line.slice(done, m.index),
      <span key={m.index} className={kind}>
        {m[0]}
      </span>,
    );
    done = m.index + m[0].length;
  }
  parts.push(line.slice(done) || "\u200b");
  return parts;
}
