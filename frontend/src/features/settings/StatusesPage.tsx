import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/settings";
import { lazy, Suspense, useState } from "react";
import type { StatusView } from "../../api/model";
import { explainError } from "../../api/problem";
import { keys, statusesQuery } from "../../api/queries";
import { deleteStatus } from "../../api/statuses";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { byWorst } from "../../util/status";
import "./settings.css";

const StatusDialog = lazy(() => import("./StatusDialog"));

type Asked = { what: "new" } | { what: "edit" | "delete"; status: StatusView };

/** Statuses are data: what Torch brings along, and what this workspace added. */
export function StatusesPage() {
  const statuses = useQuery(statusesQuery());
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.statuses}</h1>
          <p className="sub t3">{t.eachHasAShapeAndAWordColourIs}</p>
        </div>
        <div className="acts">
          <Button needs="write" look="primary" onClick={() => ask({ what: "new" })}>
            {t.newStatus}
          </Button>
        </div>
      </div>
      <Reading query={statuses} what={t.theStatuses} rows={8}>
        {(found) => (
          <Table statuses={found.toSorted((a, b) => severe(b) - severe(a) || byWorst(a.name, b.name))} onAsk={ask} />
        )}
      </Reading>
      <Suspense>
        {asked?.what === "new" ? <StatusDialog onClose={close} /> : null}
        {asked?.what === "edit" ? <StatusDialog status={asked.status} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "delete" ? <DeleteStatus status={asked.status} onClose={close} /> : null}
    </>
  );
}

const availability = (available: boolean | null) => (available === null ? t.leftOut : available ? "yes" : "no");

const severe = ({ severity }: StatusView) => Number(severity ?? -1);

function Table({ statuses, onAsk }: { statuses: readonly StatusView[]; onAsk: (asked: Asked) => void }) {
  return (
    <Section title={t.allStatuses} note={t.worstFirst}>
      <table className="tbl">
        <thead>
          <tr>
            <th>{t.status2}</th>
            <th className="hide-p">{t.called}</th>
            <th className="num">{t.severity}</th>
            <th>{t.available}</th>
            <th className="hide-p">{t.shape}</th>
            <th>
              <span className="vh">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => (
            <tr key={status.name}>
              <td>
                <Status name={status.name} />
              </td>
              <td className="hide-p t2">{status.label}</td>
              <td className="num">{status.severity ?? <span className="t3">{none}</span>}</td>
              <td className="t2">{availability(status.available)}</td>
              <td className="hide-p t3">{status.shape.replace("-", " ")}</td>
              <td className="num">
                {status.builtIn ? (
                  <span className="t3 small">{t.builtIn}</span>
                ) : (
                  <>
                    <Button needs="write" small look="quiet" onClick={() => onAsk({ what: "edit", status })}>
                      {t.edit}
                    </Button>
                    <Button needs="write" small look="quiet" onClick={() => onAsk({ what: "delete", status })}>
                      {t.delete}
                    </Button>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function DeleteStatus({ status, onClose }: { status: StatusView; onClose: () => void }) {
  const client = useQueryClient();
  const remove = async () => {
    await deleteStatus(status.name);
    await client.invalidateQueries({ queryKey: keys.statuses });
  };
  return (
    <Confirm
      title={t.delete2(status.name)}
      action={t.delete}
      onClose={onClose}
      onConfirm={remove}
      explain={explainError}
    >
      <p>{t.noRuleCanGiveItAnyMoreWhatWasIn(status.name)}</p>
    </Confirm>
  );
}
