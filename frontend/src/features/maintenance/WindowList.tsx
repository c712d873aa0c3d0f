import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { deleteWindow, endWindow, maintenanceKey } from "../../api/maintenance";
import type { MaintenanceWindow } from "../../api/model";
import { explainError } from "../../api/problem";
import { treesQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { allNodes } from "../../live/tree";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Link } from "../../ui/Link";
import { Mark } from "../../ui/Mark";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment, zone } from "../../util/time";
import { inWords } from "./windowForm";

export function WindowList({ windows }: { windows: readonly MaintenanceWindow[] }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  const [asked, ask] = useState<{ window: MaintenanceWindow; what: "end" | "delete" }>();
  return (
    <Section title="Windows" note={`times in ${zone()} unless a window names another zone`}>
      <table className="tbl stack">
        <thead>
          <tr>
            <th>Window</th>
            <th>Now</th>
            <th>When</th>
            <th>Covers</th>
            <th className="hide-p">Why</th>
            <th>
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {windows.map((window) => (
            <tr key={window.id}>
              <td>
                <Link to={paths.window(window.id)}>
                  <b>{window.name}</b>
                </Link>
              </td>
              <td>
                <Now window={window} />
              </td>
              <td className="full t2">{inWords(window.schedule, moment)}</td>
              <td className="full">
                {window.nodeIds.map((id, i) => (
                  <span key={id}>
                    {i > 0 ? ", " : ""}
                    <Link to={paths.node(id)}>{nodes.get(id)?.name ?? "a deleted node"}</Link>
                  </span>
                ))}
              </td>
              <td className="hide-p t2">{window.reason || <span className="t3">{none}</span>}</td>
              <td className="num">
                {isRunning(window) ? (
                  <Button small look="quiet" onClick={() => ask({ window, what: "end" })}>
                    End now
                  </Button>
                ) : null}
                <Button small look="quiet" onClick={() => ask({ window, what: "delete" })}>
                  Delete
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {asked ? <Ask {...asked} onClose={() => ask(undefined)} /> : null}
    </Section>
  );
}

export const isRunning = (window: MaintenanceWindow) => window.active === true;

const Now = ({ window }: { window: MaintenanceWindow }) =>
  isRunning(window) ? (
    <span className="st s-maintenance">
      <Mark shape="wrench" tone="maintenance" />
      <span className="w">running</span>
    </span>
  ) : (
    <span className="t3">
      {window.endedAt ? "over" : window.nextFrom ? `from ${moment(window.nextFrom)}` : "never again"}
    </span>
  );

function Ask(props: { window: MaintenanceWindow; what: "end" | "delete"; onClose: () => void }) {
  const { window, what, onClose } = props;
  const client = useQueryClient();
  const go = async () => {
    await (what === "end" ? endWindow(window.id) : deleteWindow(window.id));
    await client.invalidateQueries({ queryKey: maintenanceKey });
    applyStructure(client);
  };
  return (
    <Confirm
      title={what === "end" ? `End ${window.name} now?` : `Delete ${window.name}?`}
      action={what === "end" ? "End it" : "Delete"}
      onClose={onClose}
      onConfirm={go}
      explain={explainError}
    >
      <p>
        {what === "end"
          ? "The nodes show what they are from now on. A recurring window comes again the next time."
          : "It covers nothing any more. What it covered so far stays in the history."}
      </p>
    </Confirm>
  );
}
