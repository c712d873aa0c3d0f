import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { explainError } from "../../api/problem";
import { checksQuery, observationsQuery } from "../../api/queries";
import type { LeafCheck } from "../../live/leaves";
import { Observations } from "../../live/Observations";
import type { Seen } from "../../live/outcome";
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

const most = 12;

/** Of a group: the newest of every check below it. */
export function GroupObservations({ leaves }: { leaves: readonly LeafCheck[] }) {
  const checks = useQuery(checksQuery());
  if (checks.isError && !checks.data) return <Unread fault={checks.error} again={() => void checks.refetch()} />;
  const names = new Map(leaves.map((leaf) => [leaf.checkId, leaf.name]));
  const seen: Seen[] = (checks.data?.items ?? [])
    .flatMap((check) =>
      check.latest && names.has(check.id) ? [{ check: names.get(check.id), observation: check.latest }] : [],
    )
    .sort((a, b) => b.observation.at.localeCompare(a.observation.at))
    .slice(0, most);
  return (
    <Section title={t.latestObservations} note={t.theNewestOfEveryCheckBelowThis}>
      {checks.data && seen.length === 0 ? (
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
