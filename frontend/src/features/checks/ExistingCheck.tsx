import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useMemo, useState } from "react";
import { changeCheck, deleteCheck, runCheck } from "../../api/commands";
import type { CheckView } from "../../api/model";
import { ApiError, explainError } from "../../api/problem";
import { keys, observationsQuery, treesQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { isProbe } from "../../live/leaves";
import { ObservationDetail } from "../../live/ObservationDialog";
import { Observations } from "../../live/Observations";
import { Outcome } from "../../live/outcome";
import { ResponseCharts } from "../../live/ResponseCharts";
import { StatusShape } from "../../live/Status";
import { allNodes } from "../../live/tree";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { clock } from "../../util/time";
import { CheckFields } from "./CheckFields";
import { faultsOf, formOf, toCheckRequest } from "./checkForm";
import { aimOf, kinds } from "./kinds";

export function ExistingCheck({ check }: { check: CheckView }) {
  const client = useQueryClient();
  const [kept, setKept] = useState(() => ({ form: formOf(check), base: check }));
  const [tried, setTried] = useState(false);
  const { form, base } = kept;
  const faults = faultsOf(form);
  const changed = JSON.stringify(form) !== JSON.stringify(formOf(base));
  const save = useMutation({
    mutationFn: () => changeCheck(check.id, Number(base.version), toCheckRequest(form)),
    onSuccess: async () => {
      const fresh = await client.fetchQuery<CheckView>({ queryKey: keys.check(check.id), staleTime: 0 });
      setKept({ form: formOf(fresh), base: fresh });
      setTried(false);
      applyStructure(client);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (changed && Object.keys(faults).length === 0) save.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Head check={check} changed={changed} saving={save.isPending} />
      {save.isError ? <NotSaved fault={save.error} onReload={() => setKept({ form, base: check })} /> : null}
      <div className="cols checkcols">
        <Section title="What it asks">
          <CheckFields
            form={form}
            onChange={(change) => setKept({ base, form: { ...form, ...change } })}
            faults={tried ? faults : {}}
            refused={save.error}
            isNew={false}
          />
        </Section>
        <div>
          <RunNow check={check} changed={changed} />
          <ShownBy check={check} />
        </div>
      </div>
      <ResponseCharts checkId={check.id} probe={isProbe(check.kind)} />
      <History check={check} />
    </form>
  );
}

function Head({ check, changed, saving }: { check: CheckView; changed: boolean; saving: boolean }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [asking, ask] = useState(false);
  const remove = async () => {
    await deleteCheck(check.id);
    await navigate({ to: paths.checks() });
    applyStructure(client);
  };
  return (
    <div className="head">
      <div>
        <h1>{check.name}</h1>
        <p className="sub">
          {kinds[check.kind].word}, {aimOf(check)}
          {check.latest ? (
            <>
              , latest <Outcome word={check.latest.outcome} />
            </>
          ) : (
            ", nothing observed yet"
          )}
        </p>
      </div>
      <div className="acts">
        <Button
          look="quiet"
          because={check.nodeIds.length > 0 ? "A node shows it; delete or change the node first" : undefined}
          onClick={() => ask(true)}
        >
          Delete…
        </Button>
        <Button look="primary" type="submit" busy={saving} because={changed ? undefined : "Nothing was changed"}>
          Save
        </Button>
      </div>
      {asking ? (
        <Confirm
          title={`Delete ${check.name}?`}
          action="Delete"
          onClose={() => ask(false)}
          onConfirm={remove}
          explain={explainError}
        >
          <p>It stops at once. What it observed remains in the log.</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function NotSaved({ fault, onReload }: { fault: unknown; onReload: () => void }) {
  if (fault instanceof ApiError && fault.status === 412)
    return (
      <Notice
        title="The check was not saved."
        urgent
        action={
          <Button small onClick={onReload}>
            Go on from the newest
          </Button>
        }
      >
        Somebody changed it meanwhile. What you typed is kept.
      </Notice>
    );
  return (
    <Notice title="The check was not saved." urgent>
      {explainError(fault)}
    </Notice>
  );
}

/** Asks once, now, and shows the answer with its phases. */
function RunNow({ check, changed }: { check: CheckView; changed: boolean }) {
  const client = useQueryClient();
  const run = useMutation({
    mutationFn: () => runCheck(check.id),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.observations(check.id) }),
  });
  const shown = run.data ?? check.latest;
  if (!isProbe(check.kind)) return null;
  const why = !check.enabled ? "The check is off" : changed ? "Save first: it runs as it is saved" : undefined;
  return (
    <Section
      title={run.data ? "The answer" : "Latest answer"}
      note={shown ? clock(shown.at) : undefined}
      end={
        <Button small busy={run.isPending} because={why} onClick={() => run.mutate()}>
          {run.isPending ? "Running" : "Run now"}
        </Button>
      }
    >
      <div aria-live="polite">
        {run.isError ? <p className="err">It was not run. {explainError(run.error)}</p> : null}
        {shown ? (
          <ObservationDetail observation={shown} />
        ) : (
          <p className="t3">{run.isPending ? "Waiting for the answer" : "Nothing was observed yet."}</p>
        )}
      </div>
    </Section>
  );
}

function ShownBy({ check }: { check: CheckView }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  return (
    <Section title="Shown by">
      {check.nodeIds.length === 0 ? (
        <p className="t3">
          No node shows it yet.{" "}
          {check.kind === "report" ? "Place it under Unplaced reports." : "Add it as a child of a node."}
        </p>
      ) : (
        <ul>
          {check.nodeIds.map((id) => (
            <li key={id} className="row">
              <StatusShape name={nodes.get(id)?.status ?? "unknown"} label />
              <Link to={paths.node(id)}>{nodes.get(id)?.name ?? id}</Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function History({ check }: { check: CheckView }) {
  const page = useQuery(observationsQuery(check.id));
  if (page.isError && !page.data)
    return (
      <Notice
        title="The observations could not be read."
        action={
          <Button small onClick={() => page.refetch()}>
            Again
          </Button>
        }
      >
        {explainError(page.error)}
      </Notice>
    );
  const seen = (page.data?.items ?? []).map((observation) => ({ observation }));
  return (
    <Section title="Latest observations">
      {page.data && seen.length === 0 ? <p className="t3">Nothing was observed yet.</p> : <Observations seen={seen} />}
    </Section>
  );
}
