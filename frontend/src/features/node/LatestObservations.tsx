import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { explainError } from "../../api/problem";
import { newestQuery, observationsQuery } from "../../api/queries";
import { Observations } from "../../live/Observations";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";

/** Of a leaf: its check's latest. */
export function LeafObservations({ checkId }: { checkId: string }) {
  const page = useQuery(observationsQuery(checkId));
  if (page.isError && !page.data) return <Unread fault={page.error} again={() => void page.refetch()} />;
  const seen = (page.data?.items ?? []).map((observation) => ({ observation }));
  return (
    <Section
      title={t.latestObservations}
      end={
        <Link className="t3 small" to={paths.check(checkId)}>
          {t.openTheCheck}
        </Link>
      }
    >
      {page.data && seen.length === 0 ? <p className="t3">{t.nothingWasObservedYet}</p> : <Observations seen={seen} />}
    </Section>
  );
}

/** Of a group: the newest of the checks below it. */
export function GroupObservations({ nodeId }: { nodeId: string }) {
  const newest = useQuery(newestQuery(nodeId));
  if (newest.isError && !newest.data) return <Unread fault={newest.error} again={() => void newest.refetch()} />;
  const seen = (newest.data?.items ?? []).map(({ nodeName, observation }) => ({ check: nodeName, observation }));
  return (
    <Section title={t.latestObservations} note={t.theNewestOfEveryCheckBelowThis}>
      {newest.data && seen.length === 0 ? (
        <p className="t3">{t.nothingWasObservedYet}</p>
      ) : (
        <Observations seen={seen} />
      )}
    </Section>
  );
}

const Unread = ({ fault, again }: { fault: unknown; again: () => void }) => (
  <Notice
    title={t.theObservationsCouldNotBeRead}
    action={
      <Button small onClick={again}>
        {t.again}
      </Button>
    }
  >
    {explainError(fault)}
  </Notice>
);
