import { useQueryClient } from "@tanstack/react-query";

/** Reads lists again after a command changed them. */
export function useAgain() {
  const client = useQueryClient();
  return (...keys: (readonly unknown[])[]) =>
    Promise.all(keys.map((queryKey) => client.invalidateQueries({ queryKey }))).then(() => undefined);
}
