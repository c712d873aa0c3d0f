import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useEffect } from "react";
import type { NodeView } from "../../api/model";
import { explainAtQuery } from "../../api/past";
import { explainError } from "../../api/problem";
import { Button } from "../../ui/Button";
import { SkeletonRows } from "../../ui/Skeleton";
import { isTyping } from "../../util/keys";
import { count } from "../../util/number";
import { moment, utc } from "../../util/time";
import { Clauses } from "./Clauses";
import type { Segment } from "./segments";

interface Props {
  node: NodeView;
  /** Of the transition that is explained. */
  position: number;
  segments: readonly Segment[];
  onAsk: (position: number | undefined) => void;
}

/** The why of then: rules, values and children as they were at one transition. */
export function PastWhy({ node, position, segments, onAsk }: Props) {
  const past = useQuery(explainAtQuery(node.id, position));
  const known = segments.filter((segment) => segment.position !== undefined);
  const here = known.findIndex((segment) => segment.position === position);
  const change = known[here];
  const at = change ? new Date(change.from).toISOString() : past.data?.since;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !isTyping(event.target)) onAsk(undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [onAsk]);
  const step = (by: number) => known[here + by]?.position;
  return (
    <section className="past" aria-label={t.whyThen} aria-live="polite">
      <div className="past-band">
        <span>
          <b>{t.asItWas}</b> {at ? <span title={utc(at)}>{t.at(moment(at))}</span> : null}{" "}
          <span className="t3">{t.position(count(position))}</span>
        </span>
        <span className="end row">
          <Button small because={step(-1) === undefined && t.itIsTheFirstThatIsShown} onClick={() => onAsk(step(-1))}>
            {t.earlier}
          </Button>
          <Button small because={step(1) === undefined && t.itIsTheLastThatIsShown} onClick={() => onAsk(step(1))}>
            {t.later}
          </Button>
          <Button small onClick={() => onAsk(undefined)}>
            {t.close} <kbd>Esc</kbd>
          </Button>
        </span>
      </div>
      {past.data ? (
        <>
          <p className="whyp">{change?.reason ?? past.data.sentence}</p>
          {change && change.status !== past.data.status ? (
            <p className="t3 small">{t.byTheTimeThisWasWrittenMoreHad(past.data.status)}</p>
          ) : null}
          <p className="rulemeta">
            {past.data.rulesVersion > 0 ? <span>{t.underVersionOfTheRules(count(past.data.rulesVersion))}</span> : null}
          </p>
          <Clauses explanation={past.data} leaf={node.checkId != null} />
        </>
      ) : past.isError ? (
        <p className="err" role="alert">
          {t.itCouldNotBeExplained(explainError(past.error))}
        </p>
      ) : (
        <SkeletonRows rows={3} height={28} />
      )}
    </section>
  );
}
