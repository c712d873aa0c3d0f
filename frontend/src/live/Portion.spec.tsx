import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ApiError } from "../api/problem";
import { Portion } from "./Portion";

const rows = (n: number) => Array.from({ length: n }, (_, at) => `row ${at + 1}`);
const fetchNextPage = vi.fn();
const unread = {
  hasNextPage: true,
  isFetchingNextPage: false,
  isFetchNextPageError: false,
  error: null,
  fetchNextPage,
};
const list = (n: number, pages?: Partial<Record<keyof typeof unread, unknown>>) => (
  <Portion items={rows(n)} step={2} {...(pages ? { pages: { ...unread, ...pages } as never } : {})}>
    {(some) => some.map((row) => <p key={row}>{row}</p>)}
  </Portion>
);
const more = () => screen.getByRole("button", { name: "Show more" });
const drawn = () => screen.getAllByText(/^row/).length;

it("of a long list the first are drawn, it is said of how many, and the rest can be had", async () => {
  render(list(5));
  expect(drawn()).toBe(2);
  expect(screen.getByText("2 of 5 are shown.")).toBeVisible();
  await userEvent.click(more());
  expect(screen.getByText("4 of 5 are shown.")).toBeVisible();
  await userEvent.click(more());
  expect(screen.getByText("row 5")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

it("a list that is drawn whole says nothing of it", () => {
  render(list(2, { hasNextPage: false }));
  expect(drawn()).toBe(2);
  expect(screen.queryByText(/are shown/)).toBeNull();
});

it("what was read is drawn before the next page is asked for, and that one is drawn when it comes", async () => {
  const { rerender } = render(list(4, {}));
  expect(screen.getByText("2 of more than 4 are shown.")).toBeVisible();
  await userEvent.click(more());
  expect(drawn()).toBe(4);
  expect(fetchNextPage).not.toHaveBeenCalled();
  await userEvent.click(more());
  expect(fetchNextPage).toHaveBeenCalledOnce();
  rerender(list(4, { isFetchingNextPage: true }));
  expect(more()).toHaveAttribute("aria-busy", "true");
  rerender(list(8, {}));
  expect(screen.getByText("6 of more than 8 are shown.")).toBeVisible();
});

it("why the next page could not be read is told, and it can be tried again", async () => {
  render(list(2, { isFetchNextPageError: true, error: new ApiError({ status: 500, title: "It broke." }) }));
  expect(screen.getByText(/It broke/)).toBeVisible();
  fetchNextPage.mockClear();
  await userEvent.click(more());
  await userEvent.click(more());
  expect(fetchNextPage).toHaveBeenCalledTimes(2);
});
