import { render } from "@testing-library/react";
import { expect, it } from "vitest";
import { Said } from "./Said";

it("puts elements where the text says, in the order of its language", () => {
  const parts = { node: <b>Shop</b>, leave: <kbd>Esc</kbd> };
  expect(render(<Said text="Only {node}; {leave} leaves." {...parts} />).container.innerHTML).toBe(
    "Only <b>Shop</b>; <kbd>Esc</kbd> leaves.",
  );
  expect(render(<Said text="Mit {leave} verlässt man {node}" {...parts} />).container.innerHTML).toBe(
    "Mit <kbd>Esc</kbd> verlässt man <b>Shop</b>",
  );
});
