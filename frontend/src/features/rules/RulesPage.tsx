import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { t } from "@texts/rules";
import { lazy, Suspense, useState } from "react";
import { evaluateRules } from "../../api/commands";
import type { NodeView, RulesView } from "../../api/model";
import { explainError } from "../../api/problem";
import { nodeQuery, rulesQuery } from "../../api/queries";
import { Backtest } from "../../live/backtest/Backtest";
import { Reading } from "../../live/Reading";
import { useInstant } from "../../live/useInstant";
import { useRuleStatuses } from "../../live/useRuleStatuses";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Later } from "../../ui/Later";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Select } from "../../ui/Select";
import { paths } from "../../util/paths";
import { moment } from "../../util/time";
import { Builder } from "./Builder";
import { InForce } from "./InForce";
import { Publish } from "./Publish";
import { RuleText } from "./RuleText";
import "./rules.css";
import { matchPolicies, toRequest } from "./sheet";
import { TimingFields } from "./TimingFields";
import { type DraftState, useDraft } from "./useDraft";

const PastRules = lazy(() => import("./PastRules"));

/** The rules of a node: to change, or as they were in force at another time. */
export function RulesPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [at] = useInstant();
  return at ? (
    <Suspense>
      <PastRules id={id} at={at} />
    </Suspense>
  ) : (
    <Present id={id} />
  );
}

function Present({ id }: { id: string }) {
  const node = useQuery(nodeQuery(id));
  const rules = useQuery(rulesQuery(id));
  return (
    <Reading
      query={node}
      what={t.theNode}
      rows={8}
      missing={{ title: t.thereIsNoSuchNode, to: paths.overview(), word: t.overview }}
    >
      {(found) => (
        <Reading query={rules} what={t.theRules} rows={8}>
          {(inForce) => <Editor key={id} node={found} rules={inForce} />}
        </Reading>
      )}
    </Reading>
  );
}

function Editor({ node, rules }: { node: NodeView; rules: RulesView }) {
  const leaf = node.checkId != null;
  const navigate = useNavigate();
  const state = useDraft(rules);
  const statuses = useRuleStatuses();
  const evaluation = useEvaluation(node.id, state);
  return (
    <>
      <Head node={node} rules={rules} state={state} />
      {rules.warnings?.length ? <Notice title={t.aRuleInForceNamesNobody}>{rules.warnings.join(" ")}</Notice> : null}
      {evaluation.isError ? (
        <Notice
          title={t.theDraftCouldNotBeEvaluated}
          action={
            <Button small onClick={() => evaluation.refetch()}>
              {t.again}
            </Button>
          }
        >
          {explainError(evaluation.error)}
        </Notice>
      ) : null}
      <div className="cols rules">
        <Builder
          state={state}
          words={{
            leaf,
            checkKind: node.checkKind ?? null,
            statuses,
            childNames: node.children.map((child) => child.name),
          }}
          evaluation={evaluation.data}
        />
        <RuleText state={state} leaf={leaf} evaluation={evaluation.data} evaluatedAt={evaluation.dataUpdatedAt} />
      </div>
      {evaluation.data?.sentence ? (
        <section className="sec" aria-live="polite">
          <p className="verdictline t2">{t.withThisDraft(evaluation.data.sentence)}</p>
        </section>
      ) : null}
      <Later>
        <TimingFields state={state} leaf={leaf} />
        <Backtest
          draft={{ drafts: [{ nodeId: node.id, draft: toRequest(state.draft) }] }}
          {...(state.version > 0 ? { before: t.version(state.version) } : {})}
          because={
            (state.draft.faults.length > 0 || evaluation.data?.errors.length !== 0) && t.theDraftHasErrorsTheTextNames
          }
        />
        <Publish
          node={node}
          state={state}
          evaluation={evaluation.data}
          onPublished={() => {
            state.forget();
            void navigate({ to: paths.node(node.id) });
          }}
        />
      </Later>
    </>
  );
}

/** What the draft would say now; asked again as the data moves. */
function useEvaluation(nodeId: string, { draft }: DraftState) {
  const [body] = useDebouncedValue(JSON.stringify(toRequest(draft)), 250);
  return useQuery({
    queryKey: ["evaluate", nodeId, body],
    queryFn: () => evaluateRules(nodeId, JSON.parse(body)),
    placeholderData: keepPreviousData,
    refetchInterval: 5000,
    gcTime: 10_000,
  });
}

const matches = matchPolicies.map((value) => ({ value, label: t.theThatMatches(value) }));

function Head({ node, rules, state }: { node: NodeView; rules: RulesView; state: DraftState }) {
  const [asking, ask] = useState(false);
  return (
    <div className="head">
      <div>
        <h1>{t.rulesOf(node.name)}</h1>
        <p className="sub">
          {state.changed
            ? t.draftOfVersionStarted(state.version + 1, moment(new Date(state.startedAt).toISOString()))
            : ""}
          <span className="t3">
            <InForce rules={rules} />
          </span>
        </p>
      </div>
      <div className="acts">
        <span className="row t2">
          {t.match}{" "}
          <Select
            label={t.whichRuleWins}
            value={state.draft.match}
            options={matches}
            onChange={(match) => state.edit(() => ({ match }))}
          />
        </span>
        <Button look="quiet" because={state.changed ? undefined : t.thereIsNoDraftToDiscard} onClick={() => ask(true)}>
          {t.discardDraft}
        </Button>
        <Link className="btn" to={paths.history(node.id)}>
          {t.versionHistory}
        </Link>
        <Link className="btn" to={paths.node(node.id)}>
          {t.backToTheNode}
        </Link>
      </div>
      {asking ? (
        <Confirm
          title={t.discardTheDraft}
          action={t.discard}
          onClose={() => ask(false)}
          onConfirm={async () => state.discard()}
          explain={explainError}
        >
          <p>{t.whatYouChangedIsLostTheRulesIn}</p>
        </Confirm>
      ) : null}
    </div>
  );
}
