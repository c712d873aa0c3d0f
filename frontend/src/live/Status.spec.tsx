import { render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { builtInStatuses, look } from "../util/status";
import { Status, StatusShape } from "./Status";

it.each(builtInStatuses)("%s is a shape and a word", (name) => {
  const { container } = render(<Status name={name} />);
  expect(container.querySelector("use")).toHaveAttribute("href", `#${look(name).shape}`);
  expect(screen.getByText(name)).toBeVisible();
});

it.each(builtInStatuses)("%s among hundreds is a shape and a word too", (name) => {
  const { container } = render(<Status name={name} many />);
  expect(container.querySelectorAll("use, .dot")).toHaveLength(1);
  expect(screen.getByText(name)).toBeVisible();
});

it("a shape that stands alone tells its word to a reader", () => {
  render(<StatusShape name="down" label />);
  expect(screen.getByRole("img", { name: "down" })).toBeInTheDocument();
});
