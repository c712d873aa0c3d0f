import { t as texts } from "@texts/checks";
import { language } from "@texts/language";

/** Between what the API has and what stands in a field. */
export interface Codec {
  /** Empty where the API has nothing. */
  show: (value: unknown) => string;
  /** Undefined where the field says nothing; only called where `fault` finds none. */
  read: (text: string) => unknown;
  /** What a person can see is wrong before the server says so. */
  fault?: (text: string) => string | undefined;
}

const nothing = (text: string) => text.trim() === "";
const linesOf = (text: string) => text.split("\n").filter((line) => line.trim());

export const words: Codec = {
  show: (value) => (value == null ? "" : String(value)),
  read: (text) => text.trim() || undefined,
};

/** Every sign counts: bodies, passwords, patterns. */
export const verbatim: Codec = { ...words, read: (text) => text || undefined };

export const number = (least: number, most: number, whole = true): Codec => ({
  show: words.show,
  read: (text) => (nothing(text) ? undefined : Number(text)),
  fault: (text) => {
    if (nothing(text)) return undefined;
    const n = Number(text);
    const sound = Number.isFinite(n) && n >= least && n <= most && (!whole || Number.isInteger(n));
    return sound ? undefined : texts.aNumberFromTo(whole ? texts.whole : "", least, most.toLocaleString(language));
  },
});

/** On or absent. */
export const flag: Codec = {
  show: (value) => (value === true ? "yes" : ""),
  read: (text) => (text ? true : undefined),
};

/** A choice whose default is not told. */
export const choice = (usual: string): Codec => ({
  show: (value) => (value == null ? usual : String(value)),
  read: (text) => (text === usual ? undefined : text),
});

/** One a line. */
export const list: Codec = {
  show: (value) => ((value as string[] | null) ?? []).join("\n"),
  read: (text) => {
    const lines = linesOf(text).map((line) => line.trim());
    return lines.length > 0 ? lines : undefined;
  },
};

const codesOf = (text: string) =>
  text
    .split(/[\s,]+/)
    .map((code) => code.replace("..", "-"))
    .filter(Boolean);

/** `200-299, 304` */
export const codes: Codec = {
  show: (value) => ((value as string[] | null) ?? []).join(", "),
  read: (text) => (codesOf(text).length > 0 ? codesOf(text) : undefined),
  fault: (text) => {
    const wrong = codesOf(text).find((code) => !/^\d{3}(-\d{3})?$/.test(code));
    return wrong && texts.isNotACodeSuchAs304OrARangeSuch(wrong);
  },
};

/** `Name: value`, one a line. */
export const pairs = (example: string): Codec => ({
  show: (value) =>
    Object.entries((value as Record<string, string> | null) ?? {})
      .map(([name, text]) => `${name}: ${text}`)
      .join("\n"),
  read: (text) => {
    const lines = linesOf(text);
    if (lines.length === 0) return undefined;
    return Object.fromEntries(
      lines.map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
    );
  },
  fault: (text) => {
    const wrong = linesOf(text).find((line) => !/^[^:]*[^\s:]\s*:/.test(line));
    return wrong && texts.isNotALineSuchAs(wrong.trim(), example);
  },
});

interface Step {
  send?: string | null;
  expect?: string | null;
  startTls?: boolean | null;
}

const signs: Record<string, string> = { r: "\r", n: "\n", t: "\t", "\\": "\\" };
const escaped = (text: string) =>
  text.replace(/[\\\r\n\t]/g, (sign) => `\\${Object.keys(signs).find((key) => signs[key] === sign)}`);
const unescaped = (text: string) => text.replace(/\\([rnt\\])/g, (_, sign: string) => signs[sign] ?? sign);

/** A conversation, a line each: `expect ^220`, `send EHLO torch\r\n`, `starttls`. */
export const steps: Codec = {
  show: (value) =>
    ((value as Step[] | null) ?? [])
      .flatMap(({ send, expect, startTls }) => [
        ...(send ? [`send ${escaped(send)}`] : []),
        ...(expect ? [`expect ${expect}`] : []),
        ...(startTls ? ["starttls"] : []),
      ])
      .join("\n"),
  read: (text) => {
    const lines = linesOf(text).map((line): Step => {
      const [, verb, rest = ""] = stepLine.exec(line) ?? [];
      if (verb === "send") return { send: unescaped(rest) };
      return verb === "expect" ? { expect: rest } : { startTls: true };
    });
    return lines.length > 0 ? lines : undefined;
  },
  fault: (text) => {
    const wrong = linesOf(text).find((line) => !stepLine.test(line));
    return wrong && texts.isNoneOfSendTextExpectPattern(wrong.trim());
  },
};
const stepLine = /^\s*(?:(send|expect) (.+)|starttls\s*)$/;

interface JsonTest {
  path: string;
  equals?: string | null;
  matches?: string | null;
}

const jsonLine = /^\s*(\S+)\s+(?:(=)|(matches))\s+(.*?)\s*$/;

/** What values of a JSON body must be: `$.status = ok`, `$.version matches ^2`. */
export const jsonTests: Codec = {
  show: (value) =>
    ((value as JsonTest[] | null) ?? [])
      .map(({ path, equals, matches }) =>
        matches == null ? `${path} = ${equals ?? ""}` : `${path} matches ${matches}`,
      )
      .join("\n"),
  read: (text) => {
    const lines = linesOf(text).map((line): JsonTest => {
      const [, path = "", , matches, rest = ""] = jsonLine.exec(line) ?? [];
      return matches ? { path, matches: rest } : { path, equals: rest };
    });
    return lines.length > 0 ? lines : undefined;
  },
  fault: (text) => {
    const wrong = linesOf(text).find((line) => !jsonLine.test(line));
    return wrong && texts.isNotALineSuchAsStatusOkOr(wrong.trim());
  },
};
