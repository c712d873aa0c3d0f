// Which words of the source people read: they belong to src/texts, and nowhere else.
import ts from "typescript";

/** Attributes and properties that hold words for people, whatever the component. */
const told = new Set(
  "title label aria-label help placeholder what action failed note legend open hint word words means text because lack empty alt sub unit".split(
    " ",
  ),
);
/** In objects these two say which of several things is meant. */
const toldOf = new Set([...told].filter((name) => name !== "what" && name !== "action"));
/** Where a word is a sign of the program: classes, addresses, roles, keys of the keyboard and of the API. */
const signs = new Set(
  "className id type to href name key role look size shape tone list scope as position top d points viewBox transform style autoComplete inputMode field path kind event queryKey aria-live aria-haspopup aria-current aria-sort autoCapitalize shadow vectorEffect patternUnits patternTransform preserveAspectRatio fillRule defaultColorScheme autoCorrect download from icon target rel method data-autofocus".split(
    " ",
  ),
);
const quietCalls =
  /^(import|lazy|String\.raw|RegExp|.*\.(replace|replaceAll|split|join|startsWith|endsWith|includes|test|match|getItem|setItem|querySelector|closest|matches|get|has|GET|POST|PUT|PATCH|DELETE|addEventListener|removeEventListener|padStart|append|setProperty|postMessage)|escape.*|faultOf|lazyRouteComponent|matchMedia|fetch|CSS\.escape|Error|ApiError)$/;
/** Files that speak the language of rules, which is the same for everybody: only whole sentences are for people. */
const ruleLanguage =
  /features\/(checks\/codecs|rules\/(printClause|readClause|condition|clauses|timing|rollUp|vocabulary|sheet|highlight|starters))\.tsx?$/;
/** Names, commands, examples of values and the language of rules: the same in every language. */
const unchanging = [
  /^(Torch|UTC|Esc|Escape|Enter|NDJSON|CSV|JSON|id|dlg-title|select 1|weight out)$/,
  /^(not (in|or|and|contains|matches)|is not|last two|ofLast|at-least up|exactly up|any child is down)$/,
  /^\S+_\S+$|^https?:\S+|^curl |^Bearer |^[A-Z][A-Za-z-]+: \^?\S+$|^\$\.\S+ |\\s|^expect \^|^online: up|^[a-z]{3}-[a-z]{3} [\d:-]+$/,
  /children where|children are|\.total >|statusCode|body matches|child\("|cert\.|metric\(/,
];
const isSame = (text) => unchanging.some((pattern) => pattern.test(text.trim()));

const letters = /\p{L}{2}/u;
const units = /^\W*(\{\}|ms|s|min|h|d|%|\W)+$/;
const hasWords = (text) => letters.test(text.replace(/&\w+;/g, " ")) && !units.test(text) && !isSame(text);

/** What a literal says, its gaps as `{}`. */
export function said(node) {
  if (ts.isTemplateExpression(node))
    return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)].join("{}");
  return node.text;
}

const isLiteral = (node) =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);

/** Every place of a file that holds words for people: `{ node, kind: "run" | "literal" }`; a run is text between tags, with `nodes`. */
export function findTexts(file) {
  const found = [];
  const seen = new Set();
  const add = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    found.push({ kind: "literal", node, text: said(node) });
    if (ts.isTemplateExpression(node)) for (const span of node.templateSpans) shown(span.expression);
  };
  /** An expression that is shown as it is: its literals are words, however short. */
  const shown = (e) => {
    if (ts.isParenthesizedExpression(e) || ts.isAsExpression(e) || ts.isNonNullExpression(e))
      return shown(e.expression);
    if (ts.isConditionalExpression(e)) return [e.whenTrue, e.whenFalse].forEach(shown);
    if (ts.isBinaryExpression(e)) {
      const kind = e.operatorToken.kind;
      if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return shown(e.right);
      if (
        kind === ts.SyntaxKind.BarBarToken ||
        kind === ts.SyntaxKind.QuestionQuestionToken ||
        kind === ts.SyntaxKind.PlusToken
      )
        return [e.left, e.right].forEach(shown);
      return;
    }
    if (isLiteral(e) && hasWords(said(e).replaceAll("{}", " ").trim()) && !isSign(said(e))) add(e);
  };
  const visit = (node) => {
    if (ts.isJsxElement(node) || ts.isJsxFragment(node)) {
      const tag = ts.isJsxElement(node) ? node.openingElement.tagName.getText(file) : "";
      if (tag !== "kbd" && tag !== "code" && tag !== "style") {
        for (const run of runsOf(node.children)) found.push(run);
        for (const child of node.children) if (ts.isJsxExpression(child) && child.expression) shown(child.expression);
      }
    }
    if (ts.isJsxAttribute(node) && told.has(node.name.getText(file)) && node.initializer) {
      if (ts.isStringLiteral(node.initializer)) {
        if (hasWords(node.initializer.text)) add(node.initializer);
      } else if (node.initializer.expression) shown(node.initializer.expression);
    }
    if (ts.isPropertyAssignment(node) && toldOf.has(nameOf(node.name)) && !ruleLanguage.test(file.fileName))
      shown(node.initializer);
    if (ts.isPropertyAssignment(node) && isWordList(node.parent)) shown(node.initializer);
    if (ts.isCallExpression(node) && node.expression.getText(file) === "counted")
      node.arguments.slice(1).forEach(shown);
    if (isLiteral(node) && !seen.has(node) && isSentence(node, file)) add(node);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.sort((a, b) => start(a, file) - start(b, file));
}

const start = (text, file) => (text.nodes ? text.nodes[0].getStart(file) : text.node.getStart(file));
const nameOf = (name) => (ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : "");

/** `const words = { up: "..." }`: every value of it is a word. */
function isWordList(object) {
  let at = object.parent;
  while (at && (ts.isAsExpression(at) || ts.isSatisfiesExpression?.(at))) at = at.parent;
  return at && ts.isVariableDeclaration(at) && /(words|labels|titles|means|others)$/i.test(at.name.getText?.() ?? "");
}

/** Text between tags, with the plain values in it, as one: `{n} of {total} nodes`. */
function runsOf(children) {
  const runs = [];
  let nodes = [];
  const close = () => {
    const words = nodes
      .filter(ts.isJsxText)
      .map((n) => n.text)
      .join(" ");
    if (hasWords(words))
      runs.push({
        kind: "run",
        nodes,
        node: nodes[0],
        text: nodes
          .map((n) => (ts.isJsxText(n) ? n.text : "{}"))
          .join("")
          .replace(/\s+/g, " ")
          .trim(),
      });
    nodes = [];
  };
  for (const child of children) {
    if (ts.isJsxText(child) || (ts.isJsxExpression(child) && child.expression && isPlain(child.expression)))
      nodes.push(child);
    else close();
  }
  close();
  return runs;
}

/** Nothing in it makes elements. */
function isPlain(node) {
  if (ts.isJsxElement(node) || ts.isJsxSelfClosingElement(node) || ts.isJsxFragment(node)) return false;
  return ts.forEachChild(node, (child) => (isPlain(child) ? undefined : true)) === undefined;
}

/** `/name`, `./Page`, `tree`, `a.b`, `GET`, `text/plain`: no words. */
const isSign = (text) =>
  /^(\.{0,2}\/\S*|\S+\/\S+|https?:\S*|[a-z]+[A-Z]\w*|\w+(\.\w+)+|[A-Z]+|#\S+|M[\d .]+.*)$/.test(text.trim());

/** Words that stand where anything could: they look like a sentence or a heading. */
function isSentence(node, file) {
  const text = said(node).replaceAll("{}", " x ").trim();
  if (isSign(text) || isSame(text) || !hasWords(said(node).replaceAll("{}", " "))) return false;
  if (/^[\w-]+(\s+(is|s|c|b|i)-[\w-]*)|(^|\s)(s|is)-\s*(x|$)|calc\(|var\(|color-mix/.test(text)) return false;
  const whole = /^[A-Z“‘]\S* .*/.test(text) || /^[A-Z][a-z]+[.?!…]?$/.test(text);
  if (ruleLanguage.test(file.fileName)) {
    if (!/^[A-Z“].* /.test(text)) return false;
  } else if (
    !whole &&
    !/\p{L}{2,}[,;:]? \p{L}+/u.test(text) &&
    !(ts.isTemplateExpression(node) && /\p{L}{2,} \{\}|\{\},? \p{L}{2,}/u.test(said(node)))
  )
    return false;
  return isOpen(node, file);
}

/** Whether nothing around it says that it is a sign. */
function isOpen(node, file) {
  let child = node;
  for (let at = node.parent; at; child = at, at = at.parent) {
    if (
      ts.isImportDeclaration(at) ||
      ts.isExportDeclaration(at) ||
      ts.isLiteralTypeNode(at) ||
      ts.isCaseClause(at) ||
      ts.isThrowStatement(at)
    )
      return false;
    if (ts.isTemplateExpression(at) && at !== node) {
      if (isSentenceLess(at)) return false;
    }
    if (ts.isBinaryExpression(at) && /^[!=]==?$/.test(at.operatorToken.getText(file))) return false;
    if (ts.isElementAccessExpression(at) && at.argumentExpression === child) return false;
    if ((ts.isPropertyAssignment(at) || ts.isPropertyDeclaration(at)) && at.name === child) return false;
    if (
      ts.isPropertyAssignment(at) &&
      (signs.has(nameOf(at.name)) || (told.has(nameOf(at.name)) && !toldOf.has(nameOf(at.name))))
    )
      return false;
    if (ts.isJsxAttribute(at)) return !signs.has(at.name.getText(file)) && !at.name.getText(file).startsWith("data-");
    if (
      (ts.isCallExpression(at) || ts.isNewExpression(at)) &&
      at.expression !== child &&
      quietCalls.test(at.expression.getText(file))
    )
      return false;
    if (ts.isTaggedTemplateExpression(at)) return false;
    if (ts.isBlock(at) || ts.isSourceFile(at)) return true;
  }
  return true;
}
const isSentenceLess = (template) => /(^|\s)(s|is)-|calc\(/.test(said(template));

/** Whether a file below src may hold words at all. */
export const isSource = (path) =>
  /\.tsx?$/.test(path) && !path.startsWith("..") && !/^texts\/|\.spec\.|\.d\.ts$|test-setup/.test(path);
