import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { findTexts, isSource } from "../../texts/find.mjs";

const root = resolve(import.meta.dirname, "..");
const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).map((path) => path.replaceAll("\\", "/"));
const sources = paths.filter(isSource).map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
const parse = (path: string, text: string) =>
  ts.createSourceFile(
    path,
    text,
    ts.ScriptTarget.Latest,
    true,
    path.endsWith("x") ? ts.ScriptKind.TSX : ts.ScriptKind.TS,
  );

/** What a file has of the words of its language: `t.name`, or `texts.name` where `t` is something else. */
const used = (text: string) => [...text.matchAll(/\b(?:t|texts)\.(\w+)/g)].map(([, name]) => name ?? "");

it("finds the words that people read, and leaves signs alone", () => {
  const found = (text: string) => findTexts(parse("features/node/Some.tsx", text)).map((one) => one.text);
  expect(found("const a = <p>{n} of {total} nodes</p>;")).toEqual(["{} of {} nodes"]);
  expect(found('const a = <Button look="quiet" label="Try again" />;')).toEqual(["Try again"]);
  expect(found('const a = <b>{ready ? "yes" : "no"}</b>;')).toEqual(["yes", "no"]);
  expect(found("const a = `Delete $" + "{name}?`;")).toEqual(["Delete {}?"]);
  expect(
    found('const a = <i className="btn sm" title={texts.close} />; const b = kind === "one thing"; go("/nodes/new");'),
  ).toEqual([]);
});

it("says nothing outside of the texts: `npm run texts` moves it there", () => {
  expect(sources.length).toBeGreaterThan(200);
  const outside = sources.flatMap(({ path, text }) => {
    const file = parse(path, text);
    const line = (at: number) => file.getLineAndCharacterOfPosition(at).line + 1;
    return findTexts(file).map((one) => `${path}:${line(one.node.getStart(file))} ${one.text}`);
  });
  expect(outside).toEqual([]);
});

it("keeps no text that nobody says", () => {
  const files = (name: string) => sources.filter(({ text }) => text.includes(`"@texts/${name}"`));
  const said = new Set(
    readdirSync(join(root, "texts/en")).flatMap((file) =>
      files(file.replace(".ts", "")).flatMap(({ text }) => used(text).map((name) => `texts/en/${file} ${name}`)),
    ),
  );
  const kept = paths
    .filter((path) => path.startsWith("texts/en/") && !path.endsWith("language.ts"))
    .flatMap((path) =>
      [...readFileSync(join(root, path), "utf8").matchAll(/^ {2}(\w+):/gm)].map(([, name]) => `${path} ${name}`),
    );
  expect(kept.length).toBeGreaterThan(1000);
  expect(kept.filter((one) => !said.has(one))).toEqual([]);
});
