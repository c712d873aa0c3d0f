import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { signOut } from "../api/commands";
import More from "./More";

vi.mock("../api/commands", () => ({ signOut: vi.fn(async () => {}) }));

const shown = (actor: string | null) => {
  const root = createRootRoute({ component: () => <More actor={actor} onClose={() => {}} /> });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={new QueryClient()}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
};

it("who is signed in can sign out from a phone's menu", async () => {
  shown("ada");
  const button = await screen.findByRole("button", { name: "Sign out" });
  expect(button).not.toHaveClass("hide-p");
  await userEvent.click(button);
  expect(signOut).toHaveBeenCalledOnce();
});

it("where nobody has to sign in, nobody is asked to sign out", async () => {
  shown(null);
  expect(await screen.findByRole("link", { name: "Your account" })).toBeVisible();
  expect(screen.queryByRole("button", { name: "Sign out" })).toBeNull();
});
