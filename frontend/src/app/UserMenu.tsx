import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signOut } from "../api/commands";
import { Button } from "../ui/Button";

export function UserMenu({ actor }: { actor: string }) {
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => client.resetQueries(),
  });
  return (
    <Button
      look="quiet"
      small
      className="hide-p"
      busy={leave.isPending}
      title={`Signed in as ${actor}`}
      onClick={() => leave.mutate()}
    >
      Sign out
    </Button>
  );
}
