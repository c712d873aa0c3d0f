import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/live";
import { signOut } from "../api/commands";
import { Button } from "../ui/Button";

/** Ends one's own session; what was read is forgotten, and the question that opens the app is asked again. */
export function SignOut({ actor, small, className }: { actor: string; small?: boolean; className?: string }) {
  const client = useQueryClient();
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => client.resetQueries() });
  return (
    <Button
      look="quiet"
      small={small ?? false}
      className={className ?? ""}
      busy={leave.isPending}
      title={t.signedInAs(actor)}
      onClick={() => leave.mutate()}
    >
      {t.signOut}
    </Button>
  );
}
