import { useMutation } from "@tanstack/react-query";
import { t } from "@texts/node";
import { lazy, Suspense, useState } from "react";
import { runCheck } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { isProbe } from "../../live/leaves";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { paths } from "../../util/paths";
import { isProblem } from "../../util/status";
import { AddMenu, MoreMenu, type NodeDialog } from "./NodeMenus";
import { NodeTitle } from "./NodeTitle";

const NewNode = lazy(() => import("../../live/NewNode"));
const AddCheck = lazy(() => import("./AddCheck"));
const EditNode = lazy(() => import("./EditNode"));
const MoveNodeDialog = lazy(() => import("./MoveNodeDialog"));
const Acknowledge = lazy(() => import("./Acknowledge"));
const Annotate = lazy(() => import("./Annotate"));
const SetByHand = lazy(() => import("./SetByHand"));
const PauseNode = lazy(() => import("./PauseNode"));
const DeleteNode = lazy(() => import("./DeleteNode"));

/** The top of its page: what it is, and what can be done with it. */
export function NodeHead({ node }: { node: NodeView }) {
  const [open, setOpen] = useState<NodeDialog>();
  const run = useMutation({ mutationFn: () => runCheck(node.checkId ?? "") });
  const close = () => setOpen(undefined);
  return (
    <>
      <div className="head">
        <NodeTitle node={node} />
        <div className="acts">
          {isProbe(node.checkKind) ? (
            <Button needs="write" busy={run.isPending} onClick={() => run.mutate()}>
              {run.isPending ? t.running : t.runNow}
            </Button>
          ) : null}
          {isProblem(node.status) && !node.acknowledged ? (
            <Button needs="write" onClick={() => setOpen("acknowledge")}>
              {t.acknowledge3}
            </Button>
          ) : null}
          {node.checkId ? null : <AddMenu node={node} onOpen={setOpen} />}
          <Link
            needs="all"
            className="btn"
            to={paths.audit()}
            search={{ node: node.id }}
            title={t.whoChangedItAndWhatItDid}
          >
            {t.audit}
          </Link>
          <Link needs="all" className="btn" to={paths.rules(node.id)}>
            {t.editRules}
          </Link>
          <MoreMenu node={node} onOpen={setOpen} />
        </div>
      </div>
      {run.isError ? <Notice title={t.theCheckWasNotRun}>{explainError(run.error)}</Notice> : null}
      <Suspense>
        {open === "group" ? <NewNode parent={node} onClose={close} /> : null}
        {open === "check" ? <AddCheck node={node} onClose={close} /> : null}
        {open === "edit" ? <EditNode node={node} onClose={close} /> : null}
        {open === "move" ? <MoveNodeDialog node={node} onClose={close} /> : null}
        {open === "acknowledge" ? <Acknowledge node={node} onClose={close} /> : null}
        {open === "annotate" ? <Annotate node={node} onClose={close} /> : null}
        {open === "manual" ? <SetByHand node={node} onClose={close} /> : null}
        {open === "pause" ? <PauseNode node={node} onClose={close} /> : null}
        {open === "delete" ? <DeleteNode node={node} onClose={close} /> : null}
      </Suspense>
    </>
  );
}
