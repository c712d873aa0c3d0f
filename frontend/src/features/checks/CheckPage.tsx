import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { ApiError, explainError } from "../../api/problem";
import { checkQuery } from "../../api/queries";
import { useLiveObservations } from "../../live/LiveProvider";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { SkeletonRows } from "../../ui/Skeleton";
import { paths } from "../../util/paths";
import "./checks.css";
import { ExistingCheck } from "./ExistingCheck";
import { NewCheck } from "./NewCheck";

export function NewCheckPage() {
  const { parent } = useSearch({ strict: false }) as { parent?: string };
  return <NewCheck {...(parent ? { parentId: parent } : {})} />;
}

export function CheckPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const check = useQuery(checkQuery(id));
  useLiveObservations();
  if (check.isPending) return <SkeletonRows rows={8} height={40} />;
  if (check.data) return <ExistingCheck key={id} check={check.data} />;
  if (check.error instanceof ApiError && check.error.status === 404)
    return (
      <Empty
        title="There is no such check"
        actions={
          <Link className="btn pri" to={paths.checks()}>
            Checks
          </Link>
        }
      >
        <p>It may have been deleted. {explainError(check.error)}</p>
      </Empty>
    );
  return (
    <Notice
      title="The check could not be read."
      urgent
      action={
        <Button small onClick={() => check.refetch()}>
          Again
        </Button>
      }
    >
      {explainError(check.error)}
    </Notice>
  );
}
