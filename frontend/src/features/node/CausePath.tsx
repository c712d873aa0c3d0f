import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useMemo } from "react";
import type { Explanation, NodeView, TreeNode } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { because } from "../../live/because";
import { allNodes } from "../../live/places";
import { Link } from "../../ui/Link";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";
import { isProblem, look } from "../../util/status";
import { type PathStep, pathSteps } from "./causes";

/** A name, and two lines of why. */
const rowHeight = 60;

/** From the root of the hierarchy down to what caused it. */
export function CausePath({ node, explanation }: { node: NodeView; explanation: Explanation }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  const steps = pathSteps(node.path, explanation, (id) => nodes.get(id)?.name ?? "…");
  const bad = isProblem(node.status);
  const hidden = explanation.rootCauses.length - steps.filter((step) => step.cause).length;
  const statusOf = (step: PathStep) =>
    step.id === node.id ? node.status : (nodes.get(step.id)?.status ?? step.cause?.status ?? "unknown");
  return (
    <div>
      <div className="sechead">
        <h2>{bad && explanation.rootCauses.length > 0 ? t.pathToTheRootCause : t.whereItStands}</h2>
        <Link className="btn quiet sm end" to={paths.path(node.id)}>
          {t.asAGraph}
        </Link>
      </div>
      <div className="path">
        <Lines steps={steps} statusOf={statusOf} />
        <ol>
          {steps.map((step) => (
            <li key={step.id} className={step.id === node.id ? "here" : ""}>
              <div className="l1">
                <Link className="ell" to={paths.node(step.id)}>
                  <b>{step.name}</b>
                </Link>
                <span className={`end ct s-${look(statusOf(step)).tone}`}>{statusOf(step)}</span>
              </div>
              <div className="l2" title={step.cause?.sentence ?? nodes.get(step.id)?.statusReason ?? undefined}>
                {reasonOf(step, nodes.get(step.id), node, explanation)}
              </div>
            </li>
          ))}
        </ol>
      </div>
      {hidden > 0 ? <p className="t3 small pathnote">{t.notDrawn(counted(hidden, t.moreRootCauses))}</p> : null}
    </div>
  );
}

function reasonOf(step: PathStep, known: TreeNode | undefined, node: NodeView, explanation: Explanation) {
  if (step.cause)
    return (
      <>
        {isProblem(step.cause.status) ? <b>{t.rootCause} </b> : null}
        {because(step.cause.sentence, step.name)}
      </>
    );
  if (step.id === node.id)
    return explanation.decider === "rule"
      ? t.ruleDecides((explanation.ruleIndex ?? 0) + 1)
      : decides[explanation.decider];
  return known?.statusReason && because(known.statusReason, known.name);
}

const decides: Record<string, string> = {
  "roll-up": t.theRollUpDecides,
  check: t.theCheckDecides,
  timing: t.itsPatienceDecides,
  mask: t.aPersonDecided,
  nothing: t.nothingDecidesYet,
};

function Lines({ steps, statusOf }: { steps: readonly PathStep[]; statusOf: (step: PathStep) => string }) {
  const height = steps.length * rowHeight;
  const x = (step: PathStep) => 9 + step.column * 18;
  const y = (i: number) => i * rowHeight + 10;
  return (
    <svg className="g" height={height} viewBox={`0 0 40 ${height}`} aria-hidden="true">
      {steps.map((step, i) => {
        const above = steps[step.above];
        if (!above) return null;
        const [x1, y1, x2, y2] = [x(above), y(step.above) + 9, x(step), y(i) - 9];
        const bend = x1 === x2 ? `V${y2}` : `C${x1} ${y1 + 20} ${x2} ${y1 + 12} ${x2} ${y1 + 28}V${y2}`;
        return <path key={step.id} className={`edge s-${look(statusOf(step)).tone}`} d={`M${x1} ${y1}${bend}`} />;
      })}
      {steps.map((step, i) => {
        const { shape, tone } = look(statusOf(step));
        return (
          <svg
            key={step.id}
            className={`sh s-${tone}`}
            x={x(step) - 7}
            y={y(i) - 7}
            width="14"
            height="14"
            aria-hidden="true"
          >
            <use href={`#${shape}`} />
          </svg>
        );
      })}
    </svg>
  );
}
