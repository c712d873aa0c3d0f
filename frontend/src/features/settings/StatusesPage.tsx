import { useQuery, useQueryClient } from "@tanstack/react-query";
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
          <h1>Statuses</h1>
          <p className="sub t3">
            Each has a shape and a word; colour is never the only sign. Those that Torch brings along stay as they are.
          </p>
        </div>
        <div className="acts">
          <Button look="primary" onClick={() => ask({ what: "new" })}>
            New status
          </Button>
        </div>
      </div>
      <Reading query={statuses} what="the statuses" rows={8}>
        {(found) => <Table statuses={found.toSorted((a, b) => byWorst(a.name, b.name))} onAsk={ask} />}
      </Reading>
      <Suspense>
        {asked?.what === "new" ? <StatusDialog onClose={close} /> : null}
        {asked?.what === "edit" ? <StatusDialog status={asked.status} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "delete" ? <DeleteStatus status={asked.status} onClose={close} /> : null}
    </>
  );
}

const availability = (available: boolean | null) => (available === null ? "left out" : available ? "yes" : "no");

function Table({ statuses, onAsk }: { statuses: readonly StatusView[]; onAsk: (asked: Asked) => void }) {
  return (
    <Section title="All statuses" note="worst first">
      <table className="tbl">
        <thead>
          <tr>
            <th>Status</th>
            <th className="hide-p">Called</th>
            <th className="num">Severity</th>
            <th>Available</th>
            <th className="hide-p">Shape</th>
            <th>
              <span className="vh">Actions</span>
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
                  <span className="t3 small">built in</span>
                ) : (
                  <>
                    <Button small look="quiet" onClick={() => onAsk({ what: "edit", status })}>
                      Edit
                    </Button>
                    <Button small look="quiet" onClick={() => onAsk({ what: "delete", status })}>
                      Delete
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
      title={`Delete ${status.name}?`}
      action="Delete"
      onClose={onClose}
      onConfirm={remove}
      explain={explainError}
    >
      <p>No rule can give it any more. What was {status.name} in the past stays so in the history.</p>
    </Confirm>
  );
}
