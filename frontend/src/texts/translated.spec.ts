import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import ts from "typescript";
import { afterAll, expect, it, vi } from "vitest";
import { differences } from "../../texts/missing.mjs";

const english = resolve(import.meta.dirname, "en");
const home = mkdtempSync(join(tmpdir(), "torch-texts-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** English as somebody hears it who does not speak it: all its letters are others, what stands in `{}` is left. */
const accented = (text: string) =>
  text.replace(/\\.|\{\w+\}|[aeiou]/g, (found) => ({ a: "á", e: "é", i: "í", o: "ó", u: "ú" })[found] ?? found);

const literals = new Set([
  ts.SyntaxKind.StringLiteral,
  ts.SyntaxKind.NoSubstitutionTemplateLiteral,
  ts.SyntaxKind.TemplateHead,
  ts.SyntaxKind.TemplateMiddle,
  ts.SyntaxKind.TemplateTail,
]);

function translated(path: string): { source: string; whole: string[] } {
  const text = readFileSync(path, "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: ts.Node[] = [];
  const visit = (node: ts.Node) => {
    if (literals.has(node.kind)) found.push(node);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  const source = found.reduceRight(
    (all, node) => all.slice(0, node.getStart()) + accented(all.slice(node.getStart(), node.end)) + all.slice(node.end),
    text,
  );
  return { source, whole: found.filter(ts.isStringLiteral).map((node) => node.text) };
}

/** A translation of everything; the texts that are one string. */
function translate(to: string): string[] {
  mkdirSync(to, { recursive: true });
  return readdirSync(english).flatMap((file) => {
    if (file === "language.ts") {
      writeFileSync(join(to, file), 'export const language = "de";\n');
      return [];
    }
    const { source, whole } = translated(join(english, file));
    writeFileSync(join(to, file), source);
    return whole;
  });
}

/** What `npm run build` with this language makes. */
async function build(folder: string): Promise<string> {
  vi.stubEnv("TORCH_LANGUAGE", "de");
  vi.stubEnv("TORCH_TEXTS", folder);
  vi.stubEnv("NODE_ENV", "production");
  const vite = await import("vite");
  const root = resolve(english, "../../..");
  const made = await vite.build({ root, logLevel: "silent", build: { write: false, reportCompressedSize: false } });
  const [{ output }] = [made].flat() as unknown as [{ output: ({ code: string } | { source: string | Uint8Array })[] }];
  return output.map((part) => ("code" in part ? part.code : String(part.source))).join("\n");
}

it("is built in another language from a folder of texts alone: no component says English", async () => {
  const whole = translate(join(home, "de"));
  const app = await build(join(home, "de"));
  expect(app).toContain('<html lang="de"');
  const sentences = [...new Set(whole)].filter(
    (text) => text.length > 20 && accented(text) !== text && !/["'\\`]/.test(text),
  );
  expect(sentences.length).toBeGreaterThan(400);
  expect(sentences.filter((text) => app.includes(text))).toEqual([]);
  expect(sentences.filter((text) => !app.includes(accented(text)))).toEqual([]);
}, 60_000);

it("is not built where a text is missing, and says which", async () => {
  const folder = join(home, "lacking");
  translate(folder);
  const path = join(folder, "path.ts");
  writeFileSync(path, readFileSync(path, "utf8").replace(/^ {2}graph: .*$/m, '  drawing: "Bild",'));
  expect(differences(english, folder)).toEqual({ missing: ["path.ts graph"], unknown: ["path.ts drawing"] });
  await expect(build(folder)).rejects.toThrow("path.ts graph");
});
