import type { ErrorComponentProps } from "@tanstack/react-router";
import { t } from "@texts/app";
import { explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";

export function PageFault({ error, reset }: ErrorComponentProps) {
  return (
    <Empty
      title={t.thisPageCouldNotBeShown}
      actions={
        <>
          <Button look="primary" onClick={reset}>
            {t.again}
          </Button>
          <Link className="btn" to={paths.overview()}>
            {t.overview}
          </Link>
        </>
      }
    >
      <p>{explainError(error)}</p>
    </Empty>
  );
}

export function NotFound() {
  return (
    <Empty
      title={t.thereIsNoSuchPage}
      actions={
        <Link className="btn pri" to={paths.overview()}>
          {t.overview}
        </Link>
      }
    >
      <p>{t.theAddressMayBeOldOrALetterIs}</p>
    </Empty>
  );
}
