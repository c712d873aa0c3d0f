import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/checks";
import type { CheckView } from "../../api/model";
import { observationsQuery } from "../../api/queries";
import { Observations } from "../../live/Observations";
import { Reading } from "../../live/Reading";
import { Section } from "../../ui/Section";

/** What was observed last, newest first. */
export function History({ check }: { check: CheckView }) {
  const page = useQuery(observationsQuery(check.id));
  return (
    <Section title={t.latestObservations}>
      <Reading query={page} what={t.theObservations} rows={5} height={28}>
        {({ items }) =>
          items.length > 0 ? (
            <Observations seen={items.map((observation) => ({ observation }))} />
          ) : (
            <p className="t3">{t.nothingWasObservedYet}</p>
          )
        }
      </Reading>
    </Section>
  );
}
