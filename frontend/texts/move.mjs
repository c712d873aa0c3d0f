// npm run texts: moves the words that stand in components into src/texts/en, and leaves their names there.
//   npm run texts [-- PATH...]   PATH: only files that contain it
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { findTexts, isSource, said } from "./find.mjs";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "src/texts/en");
const only = process.argv.slice(2);
const config = ts.parseJsonConfigFileContent(
  ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
  ts.sys,
  root,
);
const entities = {
  nbsp: "\u00a0",
  ensp: "\u2002",
  emsp: "\u2003",
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  hellip: "…",
  thinsp: "\u2009",
};

const program = ts.createProgram(config.fileNames, config.options);
const checker = program.getTypeChecker();
const modules = new Map();

let moved = 0;
for (const file of program.getSourceFiles()) {
  const path = relative(join(root, "src"), file.fileName).replaceAll("\\", "/");
  if (!isSource(path) || (only.length > 0 && !only.some((part) => path.includes(part)))) continue;
  const text = rewritten(file, path);
  if (text !== file.text) writeFileSync(file.fileName, text);
}
mkdirSync(folder, { recursive: true });
for (const [name, module] of modules) writeFileSync(join(folder, `${name}.ts`), printed(name, module));
console.log(`${moved} texts moved; format them: npx biome check --write src`);

/** `features/node/Why.tsx` -> `node`, `app/Bar.tsx` -> `app`. */
function moduleOf(path) {
  const parts = path.split("/");
  return parts[0] === "features" ? parts[1] : parts.length > 1 ? parts[0] : "app";
}

function open(name) {
  if (!modules.has(name)) modules.set(name, read(name));
  return modules.get(name);
}

/** What the file of a language already says: groups in order, and what is known by its words. */
function read(name) {
  const module = { head: "", groups: new Map(), byText: new Map(), names: new Set() };
  const path = join(folder, `${name}.ts`);
  if (!existsSync(path)) return module;
  const source = readFileSync(path, "utf8");
  module.head = source.slice(0, source.indexOf("export const t = {"));
  const file = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const object = file.statements.find(ts.isVariableStatement).declarationList.declarations[0].initializer;
  for (const property of object.properties) {
    const comment = /\/\/ (.+)\s*$/.exec(source.slice(property.getFullStart(), property.getStart()))?.[1];
    const group = comment ?? [...module.groups.keys()].at(-1) ?? name;
    if (!module.groups.has(group)) module.groups.set(group, []);
    module.groups.get(group).push(property.getText());
    module.names.add(property.name.text);
    module.byText.set(property.initializer.getText().replace(/\s+/g, " "), property.name.text);
  }
  return module;
}

function printed(name, { head, groups }) {
  const body = [...groups]
    .map(([group, lines]) => `  // ${group}\n${lines.map((line) => `  ${line},\n`).join("")}`)
    .join("\n");
  return `${head || `/** The words of \`${name}\`. */\n`}export const t = {\n${body}};\n`;
}

/** The name of a text: the one that it has already, or a new one of its first words. */
function keep(name, group, code, words) {
  const module = open(name);
  const known = module.byText.get(code.replace(/\s+/g, " "));
  if (known) return known;
  let key = nameFor(words);
  for (let n = 2; module.names.has(key); n++) key = `${nameFor(words)}${n}`;
  module.names.add(key);
  module.byText.set(code.replace(/\s+/g, " "), key);
  if (!module.groups.has(group)) module.groups.set(group, []);
  module.groups.get(group).push(`${key}: ${code}`);
  moved++;
  return key;
}

function nameFor(words) {
  const parts = words
    .normalize("NFKD")
    .replace(/['’]/g, "")
    .match(/[A-Za-z0-9]+/g) ?? ["text"];
  let name = "";
  for (const part of parts) {
    const next = name + (name ? part[0].toUpperCase() + part.slice(1).toLowerCase() : part.toLowerCase());
    if (next.length > 32 && name) break;
    name = next;
  }
  return /^\d/.test(name) ? `n${name}` : name;
}

function rewritten(file, path) {
  const name = moduleOf(path);
  const group = path
    .split("/")
    .at(-1)
    .replace(/\.tsx?$/, "");
  const found = findTexts(file);
  if (found.length === 0) return file.text;
  const runs = found.filter((text) => text.kind === "run");
  const literals = new Map(found.filter((text) => text.kind === "literal").map((text) => [text.node, text]));
  const t = identifiers(file).has("t") ? "texts" : "t";
  const used = { any: false };

  /** Source of a range, with everything in it that is words replaced by its name. */
  const render = (from, to, within) => {
    const edits = [];
    const visit = (node) => {
      if (node.end <= from || node.pos >= to) return;
      if (literals.has(node) && node !== within && node.getStart(file) >= from && node.end <= to) {
        edits.push([node.getStart(file), node.end, literal(node)]);
        return;
      }
      if (
        ts.isCallExpression(node) &&
        node.expression.getText(file) === "counted" &&
        ts.isStringLiteral(node.arguments[1] ?? node) &&
        node.getStart(file) >= from &&
        node.end <= to
      ) {
        edits.push([node.getStart(file), node.end, counted(node)]);
        return;
      }
      if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
        const mine = runs.filter((run) => run.nodes[0].parent === node);
        visitParts(node.openingElement ?? node.openingFragment);
        for (const child of node.children) {
          const run = mine.find(
            (one) => one.nodes.includes(child) && one.nodes[0].pos >= from && one.nodes.at(-1).end <= to,
          );
          if (!run) visit(child);
          else if (run.nodes[0] === child) edits.push(...runEdits(run));
        }
        return;
      }
      ts.forEachChild(node, visit);
    };
    const visitParts = (node) => ts.forEachChild(node, visit);
    visit(file);
    edits.sort((a, b) => a[0] - b[0]);
    let out = "";
    let at = from;
    for (const [start, end, code] of edits) {
      out += file.text.slice(at, start) + code;
      at = end;
    }
    return out + file.text.slice(at, to);
  };
  const expression = (node) => render(node.getStart(file), node.end);

  const literal = (node) => {
    used.any = true;
    const code = ts.isTemplateExpression(node) ? template(partsOf(node)) : call(JSON.stringify(node.text), node.text);
    return ts.isJsxAttribute(node.parent) ? `{${code}}` : code;
  };
  const call = (code, words) => `${t}.${keep(name, group, code, words)}`;
  const partsOf = (node) => [
    node.head.text,
    ...node.templateSpans.flatMap((span) => [span.expression, span.literal.text]),
  ];

  /** Texts and expressions in turn become a function of the expressions. */
  const template = (parts) => {
    used.any = true;
    if (parts.every((part) => typeof part === "string")) return call(JSON.stringify(parts.join("")), parts.join(""));
    const names = new Set();
    const params = [];
    const args = [];
    const seen = new Map();
    let body = "";
    for (const part of parts) {
      if (typeof part === "string") {
        body += part.replace(/[`\\]|\$\{/g, "\\$&");
        continue;
      }
      const source = part.getText(file);
      if (!seen.has(source)) {
        let param = paramFor(part);
        for (let n = 2; names.has(param); n++) param = `${paramFor(part)}${n}`;
        names.add(param);
        seen.set(source, param);
        params.push(`${param}: ${typeOf(part)}`);
        args.push(expression(part));
      }
      body += `\${${seen.get(source)}}`;
    }
    const words = parts.filter((part) => typeof part === "string").join(" ");
    return `${call(`(${params.join(", ")}) => \`${body}\``, words)}(${args.join(", ")})`;
  };

  const counted = (node) => {
    used.any = true;
    const [n, one, many] = node.arguments;
    const plural = many ? many.text : `${one.text}s`;
    const key = keep(name, group, `{ one: ${JSON.stringify(one.text)}, other: ${JSON.stringify(plural)} }`, plural);
    return `counted(${expression(n)}, ${t}.${key})`;
  };

  /** A run of text and values: split where a value may be nothing or an element. */
  const runEdits = (run) => {
    const edits = [];
    let part = [];
    const close = () => {
      if (part.some((node) => ts.isJsxText(node) && /\p{L}{2}/u.test(node.text.replace(/&\w+;/g, " "))))
        edits.push(runEdit(part));
      else
        for (const node of part)
          if (ts.isJsxExpression(node)) edits.push([node.getStart(file), node.end, `{${expression(node.expression)}}`]);
      part = [];
    };
    for (const node of run.nodes) {
      if (ts.isJsxText(node) || isSpace(node) || typeOf(node.expression) !== "unknown") part.push(node);
      else {
        close();
        edits.push([node.getStart(file), node.end, `{${expression(node.expression)}}`]);
      }
    }
    close();
    return edits;
  };

  const runEdit = (nodes) => {
    const parts = [];
    for (const node of nodes)
      parts.push(
        ts.isJsxText(node) ? decoded(asShown(node.text)) : isSpace(node) ? node.expression.text : node.expression,
      );
    const joined = [];
    for (const part of parts)
      if (typeof part === "string" && typeof joined.at(-1) === "string") joined.push(joined.pop() + part);
      else joined.push(part);
    let [before, after] = ["", ""];
    if (typeof joined[0] === "string") {
      before = /^ */.exec(joined[0])[0];
      joined[0] = joined[0].slice(before.length);
    }
    const last = joined.length - 1;
    if (typeof joined[last] === "string") {
      after = / *$/.exec(joined[last])[0];
      joined[last] = joined[last].slice(0, joined[last].length - after.length);
    }
    const code = template(joined.filter((part) => part !== ""));
    const from = nodes[0].pos;
    const end = nodes.at(-1).end;
    const leading = ts.isJsxText(nodes[0]) ? (/^\s*\n\s*/.exec(nodes[0].text)?.[0] ?? "") : "";
    return [from, end, `${leading}${before ? '{" "}' : ""}{${code}}${after ? '{" "}' : ""}`];
  };

  const isSpace = (node) =>
    ts.isJsxExpression(node) && ts.isStringLiteral(node.expression) && node.expression.text.trim() === "";

  let text = render(0, file.end);
  if (used.any && !new RegExp(`@texts/${name}"`).test(text)) {
    const what = t === "t" ? "{ t }" : `{ t as ${t} }`;
    text = `import ${what} from "@texts/${name}";
${text}`;
  }
  return text;
}

function identifiers(file) {
  const names = new Set();
  const imported = file.statements.some((s) => ts.isImportDeclaration(s) && /^@texts\//.test(s.moduleSpecifier.text));
  const visit = (node) => {
    if (ts.isIdentifier(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  if (imported && names.has("t") && !names.has("texts")) names.delete("t");
  return names;
}

/** What JSX makes of text that spans lines. */
function asShown(text) {
  const lines = text.split(/\r?\n/);
  return lines
    .map((line, i) => {
      let shown = line.replaceAll("\t", " ");
      if (i > 0) shown = shown.replace(/^ +/, "");
      if (i < lines.length - 1) shown = shown.replace(/ +$/, "");
      return shown;
    })
    .filter((line) => line !== "")
    .join(" ");
}

function decoded(text) {
  return text.replace(/&(\w+);/g, (all, name) => entities[name] ?? all);
}

/** `string`, `number`, both; `unknown` where it may be nothing, or an element. */
function typeOf(expression) {
  const type = checker.getTypeAtLocation(expression);
  const kinds = new Set(
    (type.isUnion() ? type.types : [type]).map(({ flags }) =>
      flags & ts.TypeFlags.StringLike ? "string" : flags & ts.TypeFlags.NumberLike ? "number" : "unknown",
    ),
  );
  return kinds.has("unknown") ? "unknown" : [...kinds].sort().reverse().join(" | ");
}

/** What a value is called in a text, after the expression that gives it. */
function paramFor(e) {
  if (ts.isParenthesizedExpression(e) || ts.isNonNullExpression(e)) return paramFor(e.expression);
  if (ts.isIdentifier(e)) return safe(e.text);
  if (ts.isPropertyAccessExpression(e))
    return e.name.text === "length" || e.name.text === "size" ? "n" : safe(e.name.text);
  if (ts.isCallExpression(e)) {
    const callee = e.expression.getText().split(".").at(-1);
    if (callee === "counted" && e.arguments[1])
      return safe(nameFor(said(e.arguments[2] ?? e.arguments[1]) + (e.arguments[2] ? "" : "s")));
    if (callee === "explainError") return "why";
    if (callee === "moment" || callee === "clock" || callee === "utc") return "at";
    if (callee === "exactAge" || callee === "age") return "span";
    if (
      callee === "count" ||
      callee === "Number" ||
      callee === "percent" ||
      callee === "latency" ||
      callee === "String"
    )
      return e.arguments[0] ? paramFor(e.arguments[0]) : "n";
    if (callee === "join") return "list";
    if (
      /^(slice|trim|replace|replaceAll|toLocaleString|toLowerCase|toFixed|toISOString|toUpperCase)$/.test(callee) &&
      ts.isPropertyAccessExpression(e.expression)
    )
      return paramFor(e.expression.expression);
    return safe(callee);
  }
  if (ts.isConditionalExpression(e)) return "more";
  if (ts.isBinaryExpression(e))
    return e.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken ||
      e.operatorToken.kind === ts.SyntaxKind.BarBarToken
      ? paramFor(e.left)
      : "n";
  if (ts.isElementAccessExpression(e)) return paramFor(e.expression);
  return "value";
}

function safe(name) {
  return /^[A-Za-z_]\w*$/.test(name) &&
    !["default", "new", "delete", "in", "for", "with", "this", "class", "function", "return", "t"].includes(name)
    ? name
    : "value";
}
