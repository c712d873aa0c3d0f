import type { ErrorComponentProps } from "@tanstack/react-router";
import { explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { Link } from "../ui/Link";
import { paths } from "../util/paths";

export function PageFault({ error, reset }: ErrorComponentProps) {
  return (
    <Empty
      title="This page could not be shown"
      actions={
        <>
          <Button look="primary" onClick={reset}>
            Again
          </Button>
          <Link className="btn" to={paths.overview()}>
            Overview
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
      title="There is no such page"
      actions={
        <Link className="btn pri" to={paths.overview()}>
          Overview
        </Link>
      }
    >
      <p>The address may be old, or a letter is missing.</p>
    </Empty>
  );
}
