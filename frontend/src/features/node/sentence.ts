export interface Named {
  id: string;
  name: string;
}

/** A sentence cut where it names a node, so that the names can be links. Longer names win over names inside them. */
export function splitByNames(sentence: string, named: readonly Named[]): (string | Named)[] {
  const known = new Map(named.map((node) => [node.name, node]));
  const names = [...known.keys()].filter(Boolean).sort((a, b) => b.length - a.length);
  if (names.length === 0) return [sentence];
  const pattern = new RegExp(`(?<![\\w-])(${names.map(escapeRegExp).join("|")})(?![\\w-])`, "g");
  return sentence
    .split(pattern)
    .filter((part) => part !== "")
    .map((part) => known.get(part) ?? part);
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The counted facts and the status of a sentence, which a reader's eye should find first. */
export function splitByFacts(text: string, status: string): { text: string; strong: boolean }[] {
  const pattern = new RegExp(`(\\b\\d[\\d,.]* of \\d[\\d,.]*\\b|(?<=\\bis )${escapeRegExp(status)}\\b)`, "g");
  return text
    .split(pattern)
    .map((part, i) => ({ text: part, strong: i % 2 === 1 }))
    .filter((part) => part.text !== "");
}
