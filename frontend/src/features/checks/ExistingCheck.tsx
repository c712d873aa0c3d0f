import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/checks";
import { type FormEvent, useState } from "react";
import { changeCheck, deleteCheck } from "../../api/commands";
import type { CheckView } from "../../api/model";
import { ApiError, explainError } from "../../api/problem";
import { keys } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { isProbe } from "../../live/leaves";
import { NobodyThere } from "../../live/NobodyThere";
import { Outcome } from "../../live/outcome";
import { ResponseCharts } from "../../live/ResponseCharts";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Notice } from "../../ui/Notice";
import { Said } from "../../ui/Said";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { CheckFields } from "./CheckFields";
import { faultsOf, formOf, toCheckRequest } from "./checkForm";
import { Devices } from "./Devices";
import { History } from "./History";
import { aimOf, kinds } from "./kinds";
import { LatestAnswer } from "./LatestAnswer";
import { ShownBy } from "./ShownBy";
import { Trial } from "./Trial";

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
      {check.enabled ? <NobodyThere locations={check.locations ?? []} /> : null}
      {save.isError ? <NotSaved fault={save.error} onReload={() => setKept({ form, base: check })} /> : null}
      <div className="cols checkcols">
        <Section title={t.whatItAsks}>
          <CheckFields
            form={form}
            onChange={(change) => setKept({ base, form: { ...form, ...change } })}
            faults={tried ? faults : {}}
            refused={save.error}
            isNew={false}
          />
        </Section>
        <div>
          {changed && isProbe(check.kind) ? <Trial form={form} onFaults={() => setTried(true)} /> : null}
          <LatestAnswer check={check} changed={changed} />
          <ShownBy check={check} />
        </div>
      </div>
      <ResponseCharts checkId={check.id} probe={isProbe(check.kind)} rulesOf={check.nodeIds} />
      {check.kind === "feed" ? <Devices check={check} /> : null}
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
            <Said text={t.latest2} outcome={<Outcome word={check.latest.outcome} />} />
          ) : (
            t.nothingObservedYet
          )}
        </p>
      </div>
      <div className="acts">
        <Button
          needs="write"
          look="quiet"
          because={check.nodeIds.length > 0 ? t.aNodeShowsItDeleteOrChangeThe : undefined}
          onClick={() => ask(true)}
        >
          {t.delete}
        </Button>
        <Button
          needs="write"
          look="primary"
          type="submit"
          busy={saving}
          because={changed ? undefined : t.nothingWasChanged}
        >
          {t.save}
        </Button>
      </div>
      {asking ? (
        <Confirm
          title={t.delete2(check.name)}
          action={t.delete3}
          onClose={() => ask(false)}
          onConfirm={remove}
          explain={explainError}
        >
          <p>{t.itStopsAtOnceWhatItObserved}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function NotSaved({ fault, onReload }: { fault: unknown; onReload: () => void }) {
  if (fault instanceof ApiError && fault.status === 412)
    return (
      <Notice
        title={t.theCheckWasNotSaved}
        urgent
        action={
          <Button small onClick={onReload}>
            {t.goOnFromTheNewest}
          </Button>
        }
      >
        {t.somebodyChangedItMeanwhileWhat}
      </Notice>
    );
  return (
    <Notice title={t.theCheckWasNotSaved} urgent>
      {explainError(fault)}
    </Notice>
  );
}
