import { useMutation, useQueryClient } from "@tanstack/react-query";
import { signOut } from "../api/commands";
import { Button } from "../ui/Button";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";

export function UserMenu({ actor }: { actor: string }) {
  const client = useQueryClient();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: () => client.resetQueries(),
  });
  return (
    <>
      <Link className="btn quiet sm hide-p" to={paths.account()} title="Your account">
        {actor}
      </Link>
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
    </>
  );
}
