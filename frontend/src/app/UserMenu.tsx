import { t } from "@texts/app";
import { SignOut } from "../live/SignOut";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";

/** On a phone both are under `More`. */
export function UserMenu({ actor }: { actor: string }) {
  return (
    <>
      <Link className="btn quiet sm hide-p" to={paths.account()} title={t.yourAccount}>
        {actor}
      </Link>
      <SignOut actor={actor} small className="hide-p" />
    </>
  );
}
