/** A run of words that both have, only the old has, or only the new has. */
export interface Piece {
  kind: "same" | "gone" | "new";
  text: string;
}

/** One line of a difference; a changed line has pieces of both kinds. */
export interface DiffLine {
  kind: "same" | "gone" | "new" | "changed";
  pieces: Piece[];
}

/** What changed between two texts: line by line, and inside a changed line word by word. */
export function difference(before: string, after: string): DiffLine[] {
  const steps = align(linesOf(before), linesOf(after));
  const lines: DiffLine[] = [];
  for (let i = 0; i < steps.length; ) {
    const step = steps[i] as Step;
    if (step.kind === "same") {
      lines.push({ kind: "same", pieces: [{ kind: "same", text: step.text }] });
      i++;
      continue;
    }
    const gone: string[] = [];
    const fresh: string[] = [];
    for (; i < steps.length && steps[i]?.kind !== "same"; i++)
      (steps[i]?.kind === "gone" ? gone : fresh).push((steps[i] as Step).text);
    lines.push(...paired(gone, fresh));
  }
  return lines;
}

/** No text has no line, not an empty one. */
const linesOf = (text: string) => (text === "" ? [] : text.split("\n"));

type Step = Piece;

/** Less than this share of words in common: two other lines, not one that changed. */
const alike = 0.4;

/** Lines that went beside lines that came: a pair that is alike is one changed line. */
function paired(gone: readonly string[], fresh: readonly string[]): DiffLine[] {
  const lines: DiffLine[] = [];
  const waiting = [...fresh];
  for (const old of gone) {
    const i = waiting.findIndex((text) => likeness(old, text) >= alike);
    if (i < 0) {
      lines.push({ kind: "gone", pieces: [{ kind: "gone", text: old }] });
      continue;
    }
    for (const text of waiting.splice(0, i)) lines.push({ kind: "new", pieces: [{ kind: "new", text }] });
    lines.push({ kind: "changed", pieces: joined(align(words(old), words(waiting.shift() ?? ""))) });
  }
  for (const text of waiting) lines.push({ kind: "new", pieces: [{ kind: "new", text }] });
  return lines;
}

const words = (text: string) => text.match(/\s+|[\w.]+|[^\s\w]+/g) ?? [];

function likeness(a: string, b: string): number {
  const [left, right] = [words(a.trim()), words(b.trim())];
  const same = align(left, right).filter((step) => step.kind === "same" && step.text.trim()).length;
  const most = Math.max(left.filter((w) => w.trim()).length, right.filter((w) => w.trim()).length);
  return most === 0 ? 0 : same / most;
}

/** Neighbours of one kind become one piece. */
function joined(steps: readonly Step[]): Piece[] {
  const pieces: Piece[] = [];
  for (const { kind, text } of steps) {
    const last = pieces.at(-1);
    if (last?.kind === kind) last.text += text;
    else pieces.push({ kind, text });
  }
  return pieces;
}

/** The shortest way from one list to the other: longest common subsequence. Rules are short; a table is quick enough. */
function align(before: readonly string[], after: readonly string[]): Step[] {
  const width = after.length + 1;
  const longest = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      longest[i * width + j] =
        before[i] === after[j]
          ? (longest[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(longest[(i + 1) * width + j] ?? 0, longest[i * width + j + 1] ?? 0);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [old, fresh] = [before[i], after[j]];
    if (old !== undefined && old === fresh) {
      steps.push({ kind: "same", text: old });
      i++;
      j++;
    } else if (old !== undefined && (fresh === undefined || at(i + 1, j) >= at(i, j + 1))) {
      steps.push({ kind: "gone", text: old });
      i++;
    } else {
      steps.push({ kind: "new", text: fresh ?? "" });
      j++;
    }
  }
  return steps;

  function at(x: number, y: number): number {
    return x <= before.length && y <= after.length ? (longest[x * width + y] ?? 0) : -1;
  }
}

/** `2 rules changed` is said with lines: how many came, went, and changed. */
export function tally(lines: readonly DiffLine[]): { came: number; went: number; changed: number } {
  const count = (kind: DiffLine["kind"]) =>
    lines.filter((line) => line.kind === kind && line.pieces.some((piece) => piece.text.trim())).length;
  return { came: count("new"), went: count("gone"), changed: count("changed") };
}
