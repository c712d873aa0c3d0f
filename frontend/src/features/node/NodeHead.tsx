import { Menu } from "@mantine/core";
import { t } from "@texts/node";
import { NodeLinks } from "../../live/NodeLinks";
import { Said } from "../../ui/Said";
import "@mantine/core/styles/UnstyledButton.css";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { runCheck } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { treesQuery } from "../../api/queries";
import { slosQuery } from "../../api/slos";
import { Badges } from "../../live/Badges";
import { isProbe } from "../../live/leaves";
import { allNodes } from "../../live/places";
import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { useWhyNot } from "../../ui/may";
import { Notice } from "../../ui/Notice";
import { paths } from "../../util/paths";
import { isProblem, look } from "../../util/status";
import { exactAge, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

const NewNode = lazy(() => import("../../live/NewNode"));
const AddCheck = lazy(() => import("./AddCheck"));
const EditNode = lazy(() => import("./EditNode"));
const MoveNodeDialog = lazy(() => import("./MoveNodeDialog"));
const Acknowledge = lazy(() => import("./Acknowledge"));
const SetByHand = lazy(() => import("./SetByHand"));
const PauseNode = lazy(() => import("./PauseNode"));
const DeleteNode = lazy(() => import("./DeleteNode"));

type Open = "group" | "check" | "edit" | "move" | "acknowledge" | "manual" | "pause" | "delete";

export function NodeHead({ node }: { node: NodeView }) {
  const [open, setOpen] = useState<Open>();
  const run = useMutation({ mutationFn: () => runCheck(node.checkId ?? "") });
  const close = () => setOpen(undefined);
  return (
    <>
      <div className="head">
        <Title node={node} />
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
          <Link className="btn" to={paths.audit()} search={{ node: node.id }} title={t.whoChangedItAndWhatItDid}>
            {t.audit}
          </Link>
          <Link className="btn" to={paths.rules(node.id)}>
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
        {open === "manual" ? <SetByHand node={node} onClose={close} /> : null}
        {open === "pause" ? <PauseNode node={node} onClose={close} /> : null}
        {open === "delete" ? <DeleteNode node={node} onClose={close} /> : null}
      </Suspense>
    </>
  );
}

export function Title({ node }: { node: NodeView }) {
  const now = useNow();
  const parent = node.path.at(-2);
  const kind = node.checkKind ?? "group";
  const place = parent ? t.weightIn(kind, node.weight, parent.name) : node.checkKind ? kind : t.rootOfAHierarchy;
  return (
    <div className="title">
      <h1 className="row">
        <StatusShape name={node.status} size="lg" />
        {node.name}
      </h1>
      <p className="sub">
        <Said
          text={t.forSince(exactAge(now - Date.parse(node.since)))}
          status={<b className={`ct s-${look(node.status).tone}`}>{node.status}</b>}
          at={<span title={utc(node.since)}>{moment(node.since)}</span>}
        />{" "}
        <span className="t3">&ensp;{place}</span> <AlsoIn node={node} />
        &ensp; <Promised node={node} />
        <Badges of={node} />
        {node.tags.length > 0 ? <>&ensp;</> : null}
        {node.tags.map((tag) => (
          <span key={tag} className="tag">
            {tag}
          </span>
        ))}
      </p>
    </div>
  );
}

/** Its other parents: it stands under several. */
function AlsoIn({ node }: { node: NodeView }) {
  const trees = useQuery(treesQuery());
  const first = node.path.at(-2)?.id;
  const others = node.parentIds.filter((id) => id !== first);
  if (others.length === 0) return null;
  const known = allNodes(trees.data ?? []);
  const places = others.map((id) => ({ id, name: known.get(id)?.name ?? "…" }));
  return (
    <span className="t3">
      <Said text={t.alsoIn} nodes={<NodeLinks nodes={places} />} />{" "}
    </span>
  );
}

/** What was promised of it. */
function Promised({ node }: { node: NodeView }) {
  const objectives = useQuery(slosQuery());
  const own = (objectives.data ?? []).filter((objective) => objective.nodeId === node.id);
  const [only] = own;
  if (!only) return null;
  return own.length === 1 ? (
    <Link className="link" to={paths.slo(only.id)}>
      {t.objective(only.name)}
    </Link>
  ) : (
    <Link className="link" to={paths.slos()} search={{ node: node.id }}>
      {t.objectives(own.length)}
    </Link>
  );
}

function AddMenu({ node, onOpen }: { node: NodeView; onOpen: (what: Open) => void }) {
  const navigate = useNavigate();
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      shadow="none"
      classNames={{ dropdown: "menu", item: "menu-item" }}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <Button needs="write">
          <Icon name="plus" small />
          {t.addChild}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => navigate({ to: paths.newCheck(), search: { parent: node.id } as never })}>
          {t.newCheck}
        </Menu.Item>
        <Menu.Item onClick={() => onOpen("check")}>{t.existingCheckOrReport}</Menu.Item>
        <Menu.Item onClick={() => onOpen("group")}>{t.group2}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function MoreMenu({ node, onOpen }: { node: NodeView; onOpen: (what: Open) => void }) {
  const navigate = useNavigate();
  // Who may only look is not offered what changes it.
  const may = useWhyNot("write") === undefined;
  return (
    <Menu
      position="bottom-end"
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      shadow="none"
      classNames={{ dropdown: "menu", item: "menu-item" }}
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button type="button" className="btn icon" aria-label={t.moreActions} title={t.moreActions}>
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {may ? (
          <>
            <Menu.Item onClick={() => onOpen("edit")}>{t.renameAndTag2}</Menu.Item>
            <Menu.Item onClick={() => onOpen("move")}>{t.move}</Menu.Item>
          </>
        ) : null}
        {node.checkId ? (
          <Menu.Item onClick={() => navigate({ to: paths.check(node.checkId ?? "") })}>{t.openTheCheck}</Menu.Item>
        ) : null}
        <Menu.Item onClick={() => navigate({ to: paths.path(node.id) })}>{t.monitoringPath}</Menu.Item>
        <Menu.Item onClick={() => navigate({ to: paths.whatIf(node.id) })}>{t.whatIf}</Menu.Item>
        {may ? (
          <>
            <Menu.Item onClick={() => navigate({ to: paths.slos(), search: { node: node.id, make: "1" } as never })}>
              {t.newObjective}
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => navigate({ to: paths.newWindow(), search: { node: node.id } as never })}>
              {t.maintenance}
            </Menu.Item>
            <Menu.Item onClick={() => onOpen("manual")}>{t.setByHand2}</Menu.Item>
            <Menu.Item onClick={() => onOpen("pause")}>{node.paused ? t.resume2 : t.pause2}</Menu.Item>
            <Menu.Divider />
            <Menu.Item onClick={() => onOpen("delete")}>{t.delete3}</Menu.Item>
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}
