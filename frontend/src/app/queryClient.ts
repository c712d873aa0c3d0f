import { MutationCache, notifyManager, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/problem";
import { keys } from "../api/queries";

// What is known is drawn in the same turn, with whatever else changes in it: once for each batch of the stream, not twice.
notifyManager.setScheduler(queueMicrotask);

/** Server state lives here only; the stream keeps it fresh, so nothing is read again for its age alone. */
export function createQueries(): QueryClient {
  const signedOut = (fault: unknown) => {
    if (fault instanceof ApiError && fault.status === 401) void client.invalidateQueries({ queryKey: keys.session });
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: signedOut }),
    mutationCache: new MutationCache({ onError: signedOut }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        refetchOnWindowFocus: false,
        retry: (failures, fault) =>
          failures < 2 && !(fault instanceof ApiError && fault.status < 500 && fault.status > 0),
      },
    },
  });
  return client;
}
