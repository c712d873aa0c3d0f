import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { reportsQuery } from "../../api/queries";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";

const NewNode = lazy(() => import("../../live/NewNode"));

/** From empty to the first green node. */
export function FirstRun() {
  const [creating, setCreating] = useState(false);
  const unplaced = useQuery(reportsQuery(true));
  const waiting = unplaced.data?.items.length ?? 0;
  const command = `curl ${window.location.origin}/api/v1/reports \\\n  -H 'Content-Type: application/json' \\\n  -d '{"source":"backup/db1","value":42}'`;
  return (
    <>
      {waiting > 0 ? (
        <Notice
          title={`${counted(waiting, "source")} reported already.`}
          action={
            <Link className="btn sm" to={paths.unplaced()}>
              Place it
            </Link>
          }
        >
          Place a report and it becomes a node with a status.
        </Notice>
      ) : null}
      <Empty
        title="Nothing is watched yet"
        actions={
          <>
            <Button look="primary" onClick={() => setCreating(true)}>
              New hierarchy
            </Button>
            <Link className="btn" to={paths.newCheck()}>
              New check
            </Link>
          </>
        }
      >
        <p>
          Make a hierarchy, or let a script report. The first report of a new source appears under Unplaced reports.
        </p>
        <CopyBox label="A command that reports" text={command} />
      </Empty>
      <Suspense>{creating ? <NewNode onClose={() => setCreating(false)} /> : null}</Suspense>
    </>
  );
}
