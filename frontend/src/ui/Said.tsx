import { createElement, Fragment, type ReactNode } from "react";

/**
 * A sentence with elements in it: `Only those of {node}.` The text says where each of them stands, so that another language can have
 * another order.
 */
export function Said({ text, ...parts }: { text: string; [place: string]: ReactNode }) {
  const pieces = text.split(/\{(\w+)\}/).map((piece, i) => (i % 2 === 0 ? piece : parts[piece]));
  return createElement(Fragment, null, ...pieces);
}
