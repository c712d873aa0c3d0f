import type { ReactNode } from "react";

const token =
  /(?<s>"(?:[^"\\]|\\.)*"?|^\s*#.*$)|(?<k>\b(?:when|then|else|where|is|are|and|or|not|in|for|attempts|between|outside|matches|contains)\b)|(?<f>\b(?:count|percent|weight|all|any|no|child|avg|min|max|worst|best)\b)/g;

/** Words of the text form in their colours. */
export function highlight(line: string): ReactNode[] {
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
