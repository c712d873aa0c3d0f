import { t as texts } from "@texts/node";
import type { AnnotationView } from "../../api/model";

/** What happened to the node, or to one above it, as the lane draws it. */
export interface Noted extends Omit<AnnotationView, "at"> {
  at: number;
  /** The node above that it was said of; undefined where it was said of this one. */
  of: string | undefined;
}

/** Those of a span, oldest first. */
export const notedOf = (items: readonly AnnotationView[], id: string, from: number, to: number): Noted[] =>
  items
    .map((item) => ({ ...item, at: Date.parse(item.at), of: item.nodeId === id ? undefined : item.nodeName }))
    .filter(({ at }) => at > from && at <= to)
    .sort((a, b) => a.at - b.at);

export const kinds = { deploy: texts.deploy, note: texts.note } as const;

export const notedWords = ({ kind, text, of, by }: Noted) =>
  `${kinds[kind]}: ${text}${of ? texts.of3(of) : ""}${by ? texts.by3(by) : ""}`;

/** Percent of the lane that words take, about: no more than so many, and where fewer are left than so few, none. */
const widest = 17;
const narrowest = 6;
const widthOf = (text: string) => Math.min(widest, 1.5 + text.length * 0.6);

export interface NoteLabel {
  note: Noted;
  /** At the right edge the words stand before the mark: so many percent before it, past those that it touches. */
  before: number | undefined;
  /** Percent of the lane that there is for them. */
  room: number;
}

/** Which of them get their words on the lane, the newest first, where there is room up to the next mark. */
export function labelledNotes(noted: readonly Noted[], share: (at: number) => number): NoteLabel[] {
  let end = 100;
  return noted.toReversed().flatMap((note, i): NoteLabel[] => {
    const left = share(note.at);
    const width = widthOf(note.text);
    if (i === 0 && left + width > 100) {
      const { start, free } = lastBunch(noted.map(({ at }) => share(at)));
      const room = Math.min(widest, start - free);
      end = start - Math.min(width, room);
      return [{ note, before: left - start, room }];
    }
    const room = Math.min(widest, end - left);
    end = Math.min(end, left);
    return room >= Math.min(narrowest, width) ? [{ note, before: undefined, room }] : [];
  });
}

/** Where the marks begin that touch each other up to the last one, and from where on nothing stands before them. */
function lastBunch(shares: readonly number[]) {
  let first = shares.length - 1;
  while (first > 0 && (shares[first] ?? 0) - (shares[first - 1] ?? 0) < narrowest) first--;
  return { start: shares[first] ?? 100, free: shares[first - 1] ?? 0 };
}

/** The address where it is one of the web, and nothing that a browser would run. */
export function webLink(text: string | null | undefined): string | undefined {
  if (!text || !URL.canParse(text)) return undefined;
  const { protocol, href } = new URL(text);
  return protocol === "http:" || protocol === "https:" ? href : undefined;
}
