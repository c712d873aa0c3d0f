import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/slos";
import { lazy, Suspense, useState } from "react";
import type { ObjectiveReport } from "../../api/model";
import { explainError } from "../../api/problem";
import { deleteSlo, reportFile, sloQuery, slosKey } from "../../api/slos";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { paths } from "../../util/paths";
import { moment, utc, zone } from "../../util/time";
import { sliWords, windowWords } from "./words";

const ObjectiveDialog = lazy(() => import("./ObjectiveDialog"));

export function SloHead({ report, at }: { report: ObjectiveReport; at: string | undefined }) {
  const { objective, node } = report;
  const now = useQuery(sloQuery(objective.id));
  const [asked, ask] = useState<"edit" | "delete">();
  const because = at ? t.thisIsThePastGoToNowToChangeIt : !now.data && t.itIsBeingRead;
  return (
    <div className="head">
      <div>
        <h1>{objective.name}</h1>
        <p className="sub">
          <Link className="link" to={paths.node(node.id)}>
            {node.name}
          </Link>
          {t.over3(sliWords(objective.sli), windowWords(objective.window))} <Span report={report} />
        </p>
      </div>
      <div className="acts no-print">
        <a className="btn" href={reportFile(objective.id, "csv", report)} download={`${objective.name}.csv`}>
          CSV
        </a>
        <a className="btn" href={reportFile(objective.id, "json", report)} download={`${objective.name}.json`}>
          JSON
        </a>
        <Button onClick={() => window.print()}>
          <Icon name="print" /> {t.print}
        </Button>
        <Button needs="write" because={because} onClick={() => ask("delete")}>
          {t.delete}
        </Button>
        <Button needs="write" because={because} onClick={() => ask("edit")}>
          {t.change2}
        </Button>
      </div>
      <Suspense>
        {asked === "edit" && now.data ? <ObjectiveDialog objective={now.data} onClose={() => ask(undefined)} /> : null}
      </Suspense>
      {asked === "delete" ? <Delete id={objective.id} name={objective.name} onClose={() => ask(undefined)} /> : null}
    </div>
  );
}

/** From when to when is counted. */
const Span = ({ report: { from, to } }: { report: ObjectiveReport }) => (
  <span className="nw" title={t.to2(utc(from), utc(to))}>
    {t.to3(moment(from), moment(to), zone())}
  </span>
);

function Delete({ id, name, onClose }: { id: string; name: string; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return (
    <Confirm
      title={t.delete2(name)}
      action={t.deleteIt}
      onClose={onClose}
      onConfirm={async () => {
        await deleteSlo(id);
        await navigate({ to: paths.slos() });
        void client.invalidateQueries({ queryKey: slosKey, exact: true });
      }}
      explain={explainError}
    >
      <p>{t.nobodyIsHeldToItAnyMoreReports}</p>
    </Confirm>
  );
}
