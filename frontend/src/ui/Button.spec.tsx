import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import { Button } from "./Button";

it("a button that cannot be used stays reachable and says why", async () => {
  const click = vi.fn();
  render(
    <Button because="Give a reason first" onClick={click}>
      Publish
    </Button>,
  );
  const button = screen.getByRole("button", { name: "Publish" });
  await userEvent.tab();
  expect(button).toHaveFocus();
  expect(button).toHaveAttribute("aria-disabled", "true");
  expect(button).toHaveAttribute("title", "Give a reason first");
  await userEvent.click(button);
  expect(click).not.toHaveBeenCalled();
});

it("a form is not sent by a button that cannot be used", async () => {
  const submit = vi.fn((event) => event.preventDefault());
  render(
    <form onSubmit={submit}>
      <Button type="submit" because="Not yet">
        Save
      </Button>
    </form>,
  );
  await userEvent.click(screen.getByRole("button", { name: "Save" }));
  expect(submit).not.toHaveBeenCalled();
});
