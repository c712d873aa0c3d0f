import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/maintenance";
import { useMemo, useState } from "react";
import { deleteWindow, endWindow, maintenanceKey } from "../../api/maintenance";
import type { MaintenanceWindow } from "../../api/model";
import { explainError } from "../../api/problem";
import { treesQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { allNodes } from "../../live/places";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Link } from "../../ui/Link";
import { Mark } from "../../ui/Mark";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { paths } from "../../util/paths";
import { moment, utc, zone } from "../../util/time";
import { inWords } from "./windowForm";

export function WindowList({ windows }: { windows: readonly MaintenanceWindow[] }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  const [asked, ask] = useState<{ window: MaintenanceWindow; what: "end" | "delete" }>();
  return (
    <Section title={t.windows} note={t.timesInUnlessAWindowNamesAnother(zone())}>
      <table className="tbl stack">
        <thead>
          <tr>
            <th>{t.window}</th>
            <th>{t.now}</th>
            <th>{t.when}</th>
            <th>{t.covers}</th>
            <th className="hide-p">{t.why}</th>
            <th>
              <span className="vh">{t.actions}</span>
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
              <td className="full t2" title={inWords(window.schedule, utc)}>
                {inWords(window.schedule, moment)}
              </td>
              <td className="full">
                {window.nodeIds.map((id, i) => (
                  <span key={id}>
                    {i > 0 ? ", " : ""}
                    <Link to={paths.node(id)}>{nodes.get(id)?.name ?? t.aDeletedNode}</Link>
                  </span>
                ))}
              </td>
              <td className="hide-p t2">{window.reason || <span className="t3">{none}</span>}</td>
              <td className="num">
                {isRunning(window) ? (
                  <Button needs="write" small look="quiet" onClick={() => ask({ window, what: "end" })}>
                    {t.endNow}
                  </Button>
                ) : null}
                <Button needs="write" small look="quiet" onClick={() => ask({ window, what: "delete" })}>
                  {t.delete}
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
      <span className="w">{t.running}</span>
    </span>
  ) : (
    <span className="t3" title={window.nextFrom ? utc(window.nextFrom) : undefined}>
      {window.endedAt ? t.over : window.nextFrom ? t.from(moment(window.nextFrom)) : t.neverAgain}
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
      title={what === "end" ? t.endNow2(window.name) : t.delete2(window.name)}
      action={what === "end" ? t.endIt : t.delete}
      onClose={onClose}
      onConfirm={go}
      explain={explainError}
    >
      <p>{what === "end" ? t.theNodesShowWhatTheyAreFromNowOn : t.itCoversNothingAnyMoreWhatIt}</p>
    </Confirm>
  );
}
