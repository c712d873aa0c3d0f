import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { t } from "@texts/maintenance";
import { type FormEvent, useState } from "react";
import { changeWindow, createWindow, maintenanceKey, windowQuery } from "../../api/maintenance";
import type { MaintenanceWindow } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { paths } from "../../util/paths";
import "./maintenance.css";
import { WindowFields } from "./WindowFields";
import { emptyForm, faultsOf, formOf, toRequest, type WindowForm } from "./windowForm";

export function NewWindowPage() {
  const { node } = useSearch({ strict: false }) as { node?: string };
  return <Editor start={emptyForm(node ? [node] : [])} title={t.newMaintenanceWindow} />;
}

export function WindowPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const window = useQuery(windowQuery(id));
  return (
    <Reading
      query={window}
      what={t.theWindow}
      height={40}
      missing={{ title: t.thereIsNoSuchWindow, to: paths.maintenance(), word: t.maintenance }}
    >
      {(read) => <Editor key={id} start={formOf(read)} title={read.name} window={read} />}
    </Reading>
  );
}

function Editor({ start, title, window }: { start: WindowForm; title: string; window?: MaintenanceWindow }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form, setForm] = useState(start);
  const [tried, setTried] = useState(false);
  const faults = faultsOf(form);
  const bad = Object.keys(faults).length > 0;
  const save = useMutation({
    mutationFn: () => (window ? changeWindow(window.id, toRequest(form)) : createWindow(toRequest(form))),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: maintenanceKey });
      applyStructure(client);
      await navigate({ to: paths.maintenance() });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!bad) save.mutate();
  };
  return (
    <>
      <div className="head">
        <h1>{title}</h1>
      </div>
      <section className="sec">
        <form className="form windowform" onSubmit={submit}>
          <WindowFields form={form} faults={tried ? faults : {}} fault={save.error} onChange={setForm} />
          {save.isError ? (
            <p className="err" role="alert">
              {t.theWindowWasNotSaved(explainError(save.error))}
            </p>
          ) : null}
          <div className="row wraps">
            <Button
              needs="write"
              look="primary"
              type="submit"
              busy={save.isPending}
              because={tried && bad && t.somethingIsMissingItIsSaidBeside}
            >
              {window ? t.saveTheWindow : t.makeTheWindow}
            </Button>
            <Link className="btn" to={paths.maintenance()}>
              {t.cancel}
            </Link>
          </div>
        </form>
      </section>
    </>
  );
}
