import type { UseQueryResult } from "@tanstack/react-query";
import { t } from "@texts/live";
import type { ReactNode } from "react";
import { ApiError, explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { SkeletonRows } from "../ui/Skeleton";

interface Props<T> {
  query: UseQueryResult<T>;
  /** What is read, as in `The agents could not be read.` */
  what: string;
  /** The shape of what is to come. */
  rows?: number;
  height?: number;
  /** For one thing: what to say where it does not exist, and where to go instead. */
  missing?: { title: string; to: string; word: string };
  children: (data: T) => ReactNode;
}

/** What every read of a page may be: on its way, refused, not there, failed, or there. What was read stays while it is read again. */
export function Reading<T>({ query, what, rows = 6, height = 32, missing, children }: Props<T>) {
  const { data, error } = query;
  if (data !== undefined) return children(data);
  if (!error) return <SkeletonRows rows={rows} height={height} />;
  const status = error instanceof ApiError ? error.status : undefined;
  if (status === 404 && missing)
    return (
      <Empty
        title={missing.title}
        actions={
          <Link className="btn pri" to={missing.to}>
            {missing.word}
          </Link>
        }
      >
        <p>{t.itMayHaveBeenDeleted}</p>
      </Empty>
    );
  if (status === 401 || status === 403)
    return (
      <Empty title={t.youMayNotSee(what)}>
        <p>{t.theKeyThatYouSignedInWithDoesNot(explainError(error))}</p>
      </Empty>
    );
  return (
    <Notice
      title={t.couldNotBeRead(what.replace(/^./, (letter) => letter.toUpperCase()))}
      urgent
      action={
        <Button small onClick={() => query.refetch()}>
          {t.again}
        </Button>
      }
    >
      {explainError(error)}
    </Notice>
  );
}
