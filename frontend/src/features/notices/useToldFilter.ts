import { useNavigate, useSearch } from "@tanstack/react-router";
import type { DeliveryState } from "../../api/model";
import type { NoticeFilter } from "../../api/notices";
import { paths } from "../../util/paths";

export type ChangeFilter = (change: { [K in keyof NoticeFilter]?: NoticeFilter[K] | undefined }) => void;

export const states: readonly DeliveryState[] = ["waiting", "delivered", "failed"];
export const every = { channel: undefined, state: undefined };
export const isFiltered = ({ channel, state }: NoticeFilter) => channel !== undefined || state !== undefined;

/** Which messages are asked for; it stands in the address, so that it can be sent to somebody. */
export function useToldFilter(): [NoticeFilter, ChangeFilter] {
  const { channel, state } = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const filter: NoticeFilter = {};
  if (typeof channel === "string") filter.channel = channel;
  if (states.some((known) => known === state)) filter.state = String(state);
  const set: ChangeFilter = (change) =>
    void navigate({
      to: paths.told(),
      search: ((known: object) => ({ ...known, ...change })) as never,
      replace: true,
      resetScroll: false,
    });
  return [filter, set];
}
