import { useQuery } from "@tanstack/react-query";
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
    <section className="past" aria-label="Why then" aria-live="polite">
      <div className="past-band">
        <span>
          <b>As it was</b> {at ? <span title={utc(at)}>at {moment(at)}</span> : null}{" "}
          <span className="t3">position {count(position)}</span>
        </span>
        <span className="end row">
          <Button
            small
            because={step(-1) === undefined && "It is the first that is shown"}
            onClick={() => onAsk(step(-1))}
          >
            Earlier
          </Button>
          <Button
            small
            because={step(1) === undefined && "It is the last that is shown"}
            onClick={() => onAsk(step(1))}
          >
            Later
          </Button>
          <Button small onClick={() => onAsk(undefined)}>
            Close <kbd>Esc</kbd>
          </Button>
        </span>
      </div>
      {past.data ? (
        <>
          <p className="whyp">{change?.reason ?? past.data.sentence}</p>
          {change && change.status !== past.data.status ? (
            <p className="t3 small">
              By the time this was written, more had happened: it was {past.data.status} already, which the table shows.
            </p>
          ) : null}
          <p className="rulemeta">
            {past.data.rulesVersion > 0 ? (
              <span>under version {count(past.data.rulesVersion)} of the rules</span>
            ) : null}
          </p>
          <Clauses explanation={past.data} leaf={node.checkId != null} />
        </>
      ) : past.isError ? (
        <p className="err" role="alert">
          It could not be explained. {explainError(past.error)}
        </p>
      ) : (
        <SkeletonRows rows={3} height={28} />
      )}
    </section>
  );
}
