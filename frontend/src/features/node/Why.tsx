import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { type ReactNode, useMemo } from "react";
import type { Explanation, NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { explainQuery, rulesQuery, treesQuery } from "../../api/queries";
import { allNodes } from "../../live/places";
import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { SkeletonRows } from "../../ui/Skeleton";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { moment, utc } from "../../util/time";
import { ByLocation } from "./ByLocation";
import { CausePath } from "./CausePath";
import { Clauses } from "./Clauses";
import { type Named, splitByFacts, splitByNames } from "./sentence";

/** Why it has its status: the sentence, the clauses, the way to the root cause. */
export function Why({ node }: { node: NodeView }) {
  const explanation = useQuery(explainQuery(node.id));
  if (explanation.isPending) return <SkeletonRows rows={6} height={28} />;
  if (explanation.isError && !explanation.data)
    return (
      <Notice
        title={t.theExplanationCouldNotBeRead}
        action={
          <Button small onClick={() => explanation.refetch()}>
            {t.again}
          </Button>
        }
      >
        {explainError(explanation.error)}
      </Notice>
    );
  return (
    <div className="whybox">
      <div>
        <Sentence node={node} explanation={explanation.data} />
        <RuleMeta node={node} explanation={explanation.data} />
        <ByLocation explanation={explanation.data} />
        <Clauses explanation={explanation.data} leaf={node.checkId != null} />
      </div>
      <CausePath node={node} explanation={explanation.data} />
    </div>
  );
}

function Sentence({ node, explanation }: { node: NodeView; explanation: Explanation }) {
  const trees = useQuery(treesQuery());
  const statuses = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  const named: Named[] = [
    ...explanation.decidingChildren.map((child) => ({ id: child.nodeId, name: child.name })),
    ...explanation.rootCauses.map((cause) => ({ id: cause.nodeId, name: cause.name })),
  ].filter(({ id }) => id !== node.id);
  const parts: ReactNode[] = splitByNames(explanation.sentence, named).map((part, i) => {
    if (typeof part === "string")
      // biome-ignore-start lint/suspicious/noArrayIndexKey: a fact may stand twice in a sentence
      return splitByFacts(part, explanation.status).map(({ text, strong }, at) =>
        strong ? <b key={`${i}.${at}`}>{text}</b> : text,
      );
    // biome-ignore-end lint/suspicious/noArrayIndexKey: a fact may stand twice in a sentence
    const status = statuses.get(part.id)?.status;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: a name may stand twice in a sentence
      <span key={i} className="st">
        {status ? <StatusShape name={status} size="md" label /> : null}
        <Link to={paths.node(part.id)}>
          <b>{part.name}</b>
        </Link>
      </span>
    );
  });
  return <p className="whyp">{parts}</p>;
}

function RuleMeta({ node, explanation }: { node: NodeView; explanation: Explanation }) {
  const rules = useQuery(rulesQuery(node.id));
  const total = explanation.rules.length;
  const { decider, ruleIndex, rulesVersion } = explanation;
  const who: Record<string, string> = {
    rule: t.ruleOf((ruleIndex ?? 0) + 1, total),
    "roll-up": total > 0 ? t.noRuleOfMatchesTheRollUpDecides(total) : t.theRollUpDecides2,
    check: total > 0 ? t.noRuleOfMatchesTheCheckDecides(total) : t.theCheckDecides2,
    timing: t.itsPatienceDecides2,
    mask: t.aPersonDecided2,
    nothing: t.nothingDecidesYet2,
  };
  return (
    <p className="rulemeta">
      <span>
        {who[decider] ?? decider}
        {rulesVersion > 0 ? (
          <>
            ,{" "}
            <Link needs="all" className="link" to={paths.rules(node.id)}>
              {t.version(count(rulesVersion))}
            </Link>
          </>
        ) : null}
      </span>
      {rules.data?.publishedAt ? (
        <span title={utc(rules.data.publishedAt)}>
          {t.published(
            rules.data.author ? t.by4(rules.data.author) : "",
            moment(rules.data.publishedAt),
            rules.data.reason ? `: ${rules.data.reason}` : "",
          )}
        </span>
      ) : null}
      <span>{t.asOfPosition(count(explanation.position))}</span>
    </p>
  );
}
