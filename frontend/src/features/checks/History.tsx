import { useQuery } from "@tanstack/react-query";
import type { CheckView } from "../../api/model";
import { observationsQuery } from "../../api/queries";
import { Observations } from "../../live/Observations";
import { Reading } from "../../live/Reading";
import { Section } from "../../ui/Section";

/** What was observed last, newest first. */
export function History({ check }: { check: CheckView }) {
  const page = useQuery(observationsQuery(check.id));
  return (
    <Section title="Latest observations">
      <Reading query={page} what="the observations" rows={5} height={28}>
        {({ items }) =>
          items.length > 0 ? (
            <Observations seen={items.map((observation) => ({ observation }))} />
          ) : (
            <p className="t3">Nothing was observed yet.</p>
          )
        }
      </Reading>
    </Section>
  );
}
