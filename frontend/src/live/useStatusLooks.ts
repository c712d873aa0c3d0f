import { useQuery } from "@tanstack/react-query";
import type { StatusView } from "../api/model";
import { statusesQuery } from "../api/queries";
import { defineStatuses, isBuiltIn } from "../util/status";

// The policy allows no style elements; a sheet of one's own is none.
let sheet: CSSStyleSheet | undefined;

/** A workspace's own colours: the shape has it, the word stays ink, the tint is a breath of it. */
const ruleOf = ({ name, colour }: StatusView) =>
  `.s-${CSS.escape(name)} { --c: ${colour}; --ct: var(--text); --cb: color-mix(in srgb, ${colour} 12%, var(--canvas)); --co: var(--on-ink); }`;

const isColour = (text: string | null | undefined) => /^#[\da-f]{6}$/i.test(text ?? "");

function paint(statuses: readonly StatusView[]) {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  const own = statuses.filter((status) => !isBuiltIn(status.name) && isColour(status.colour));
  sheet.replaceSync(own.map(ruleOf).join("\n"));
}

let shown: readonly StatusView[] | undefined;

/** Makes the workspace's statuses look as it said; true once they are known, or cannot be. */
export function useStatusLooks(): boolean {
  const statuses = useQuery(statusesQuery());
  if (statuses.data && statuses.data !== shown) {
    shown = statuses.data;
    defineStatuses(statuses.data);
    paint(statuses.data);
  }
  return !statuses.isPending;
}
