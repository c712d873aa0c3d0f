import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { AuditFilter } from "../../api/audit";
import { paths } from "../../util/paths";

/** What the address says: the filter, and the event that is open. */
export interface AuditAddress extends AuditFilter {
  event?: number;
}

const texts = ["node", "person", "types", "from", "to"] as const;

export type ChangeAddress = (change: { [K in keyof AuditAddress]?: AuditAddress[K] | undefined }) => void;

/** The audit's filter; it stands in the address, so that it can be sent to somebody. */
export function useAuditFilter(): [AuditAddress, ChangeAddress] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const address: AuditAddress = {};
  for (const name of texts) if (search[name] !== undefined) address[name] = String(search[name]);
  const event = Number(search.event);
  if (search.event !== undefined && Number.isSafeInteger(event)) address.event = event;
  const set = useCallback(
    (change: object) =>
      void navigate({
        to: paths.audit(),
        search: ((known: object) => ({ ...known, ...change })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [address, set];
}
