import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { agentsKey } from "../../api/agents";

/** Reads the agents again, after one was changed. */
export function useAgentsAgain() {
  const client = useQueryClient();
  return useCallback(() => void client.invalidateQueries({ queryKey: agentsKey }), [client]);
}
