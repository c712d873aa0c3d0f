import type { UseQueryResult } from "@tanstack/react-query";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { ApiError } from "../api/problem";
import { Reading } from "./Reading";

const refetch = vi.fn();
const shown = (part: { data?: string; error?: unknown }) =>
  render(
    <Reading
      query={{ data: undefined, error: null, refetch, ...part } as unknown as UseQueryResult<string>}
      what="the agents"
    >
      {(data) => <p>{data}</p>}
    </Reading>,
  );

it("what was read is shown, also while a later read fails", () => {
  shown({ data: "two agents", error: new Error("gone") });
  expect(screen.getByText("two agents")).toBeVisible();
});

it("what may not be seen is said to be so", () => {
  shown({ error: new ApiError({ status: 403, detail: "A viewer may not." }) });
  expect(screen.getByRole("heading", { name: "You may not see the agents" })).toBeVisible();
  expect(screen.getByText(/A viewer may not/)).toBeVisible();
});

it("what failed is tried again when asked", async () => {
  shown({ error: new ApiError({ status: 500, title: "It broke." }) });
  expect(screen.getByRole("alert")).toHaveTextContent("The agents could not be read. It broke.");
  await userEvent.click(screen.getByRole("button", { name: "Again" }));
  expect(refetch).toHaveBeenCalledOnce();
});
