import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { ObservationView } from "../api/model";
import { moment } from "../util/time";
import { ObservationDetail } from "./ObservationDialog";
import { Observations } from "./Observations";

const seen = (position: number, at: string, receivedAt: string, tooLate?: boolean) =>
  ({ position, at, receivedAt, outcome: "up", tooLate: tooLate ?? null }) as unknown as ObservationView;

const soon = seen(2, "2026-11-20T10:00:00Z", "2026-11-20T10:01:00Z");
const late = seen(3, "2026-11-20T08:00:00Z", "2026-11-20T10:02:00Z");
const tooLate = seen(4, "2026-11-18T08:00:00Z", "2026-11-20T10:03:00Z", true);

it("an observation that came more than a minute late says when it was learned, any other does not", () => {
  render(<Observations seen={[soon, late].map((observation) => ({ observation }))} />);
  const [, first, second] = screen.getAllByRole("row");
  expect(within(first as HTMLElement).queryByText(/learned/)).toBeNull();
  expect(within(second as HTMLElement).getByText(`learned ${moment(late.receivedAt)}`)).toBeVisible();
});

it("its detail says so too, and whether it came too late to count", () => {
  const { rerender } = render(<ObservationDetail observation={soon} />);
  expect(screen.queryByText("Learned")).toBeNull();
  rerender(<ObservationDetail observation={late} />);
  expect(screen.getByText("Learned").nextElementSibling).toHaveTextContent(moment(late.receivedAt));
  expect(screen.queryByText(/too late/)).toBeNull();
  rerender(<ObservationDetail observation={tooLate} />);
  expect(screen.getByText(/too late/)).toBeVisible();
});
