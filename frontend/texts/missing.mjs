// What a language does not say yet: compared with English by the names of its texts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const names = (path) =>
  existsSync(path) ? [...readFileSync(path, "utf8").matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name) : [];

/** `node.ts why`: texts that `folder` lacks, and those that nobody says in English any more. */
export function differences(english, folder) {
  const files = [...new Set([...readdirSync(english), ...readdirSync(folder)])].filter((file) => file.endsWith(".ts"));
  const lacks = (of, other) => (file) => {
    const known = new Set(names(join(other, file)));
    return names(join(of, file)).flatMap((name) => (known.has(name) ? [] : [`${file} ${name}`]));
  };
  return { missing: files.flatMap(lacks(english, folder)), unknown: files.flatMap(lacks(folder, english)) };
}
