import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/app";
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
      <Link className="btn quiet sm hide-p" to={paths.account()} title={t.yourAccount}>
        {actor}
      </Link>
      <Button
        look="quiet"
        small
        className="hide-p"
        busy={leave.isPending}
        title={t.signedInAs(actor)}
        onClick={() => leave.mutate()}
      >
        {t.signOut}
      </Button>
    </>
  );
}
