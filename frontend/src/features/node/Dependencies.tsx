import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/node";
import { lazy, Suspense, useState } from "react";
import { dependenciesKey, dependenciesQuery, removeDependency } from "../../api/dependencies";
import type { Dependency, NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { paths } from "../../util/paths";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

const AddDependency = lazy(() => import("./AddDependency"));

/** What the node can only be reached through, and what can only be reached through it. */
export function Dependencies({ node }: { node: NodeView }) {
  const dependencies = useQuery(dependenciesQuery(node.id));
  const [adding, add] = useState(false);
  const { dependsOn = [], dependants = [] } = dependencies.data ?? {};
  return (
    <Section
      title={t.dependencies}
      note={t.reachabilityNotRollUpNoStatus}
      end={
        <Button
          needs="write"
          small
          because={!dependencies.data && t.theDependenciesAreBeingRead}
          onClick={() => add(true)}
        >
          {t.addADependency}
        </Button>
      }
    >
      {dependencies.isError ? (
        <p className="err" role="alert">
          {t.theDependenciesCouldNotBeRead(explainError(dependencies.error))}
        </p>
      ) : null}
      {dependencies.data && dependsOn.length + dependants.length === 0 ? (
        <p className="t3">{t.itDependsOnNothingNameWhatItIs}</p>
      ) : null}
      {dependsOn.length > 0 ? <Table title={t.dependsOn} rows={dependsOn} node={node} removable /> : null}
      {dependants.length > 0 ? <Table title={t.whatDependsOnIt} rows={dependants} node={node} /> : null}
      <Suspense>
        {adding ? (
          <AddDependency node={node} known={new Set(dependsOn.map((one) => one.nodeId))} onClose={() => add(false)} />
        ) : null}
      </Suspense>
    </Section>
  );
}

interface TableProps {
  title: string;
  rows: readonly Dependency[];
  node: NodeView;
  removable?: boolean;
}

function Table({ title, rows, node, removable }: TableProps) {
  const now = useNow(10_000);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: (id: string) => removeDependency(node.id, id),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: dependenciesKey(node.id) });
      applyStructure(client);
    },
  });
  return (
    <>
      {remove.isError ? (
        <p className="err" role="alert">
          {t.itWasNotRemoved(explainError(remove.error))}
        </p>
      ) : null}
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{title}</th>
            <th>{t.status}</th>
            <th className="num hide-p">{t.since}</th>
            <th className="hide-p">{t.added}</th>
            <th>
              <span className="vh">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.nodeId}>
              <td>
                <Link to={paths.node(row.nodeId)}>{row.name}</Link>
              </td>
              <td>
                <Status name={row.status} />
              </td>
              <td className="num t3 hide-p" title={utc(row.since)}>
                {age(now - Date.parse(row.since))}
              </td>
              <td className="t3 hide-p" title={utc(row.addedAt)}>
                {moment(row.addedAt)} {row.addedBy ? t.by(row.addedBy) : none}
              </td>
              <td className="num">
                {removable ? (
                  <Button
                    needs="write"
                    small
                    look="quiet"
                    busy={remove.isPending}
                    aria-label={t.dependOnNoLonger(row.name)}
                    onClick={() => remove.mutate(row.nodeId)}
                  >
                    {t.remove}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
