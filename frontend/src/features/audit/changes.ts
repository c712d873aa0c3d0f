/** One thing that a change changed; undefined where there was, or is, nothing. */
export interface Changed {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Each member that differs, as lines of text. */
export function changesOf(before: unknown, after: unknown): Changed[] {
  const [old, fresh] = [isObject(before) ? before : {}, isObject(after) ? after : {}];
  return [...new Set([...Object.keys(old), ...Object.keys(fresh)])]
    .map((name) => ({ name: spaced(name), before: textOf(old[name]), after: textOf(fresh[name]) }))
    .filter((change) => change.before !== change.after);
}

/** `rulesVersion` as people read it. */
export const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, (_, a, b) => `${a} ${b.toLowerCase()}`);

/** A value as indented lines; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  return linesOf(value).join("\n");
}

function linesOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.length === 0 ? ["none"] : value.flatMap(listed);
  if (isObject(value)) return Object.entries(value).flatMap(([name, member]) => named(name, member));
  return String(value).split("\n");
}

const listed = (value: unknown) => linesOf(value).map((line, i) => (i === 0 ? `- ${line}` : `  ${line}`));

function named(name: string, value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const lines = linesOf(value);
  const [only] = lines;
  if (lines.length === 1 && !isObject(value) && !(Array.isArray(value) && value.length > 0))
    return [`${spaced(name)}: ${only}`];
  return [`${spaced(name)}:`, ...lines.map((line) => `  ${line}`)];
}
