import { t } from "@texts/slos";
import type { ObjectiveReport } from "../../api/model";
import { budgetState, percent } from "./words";

/** Where zero stands: a quarter of the bar is for what was overspent. */
const zero = 25;
const place = (left: number) => (left >= 0 ? (left / 100) * (100 - zero) : (Math.max(left, -100) / 100) * zero);

/** How much of the budget is left, as a bar; to the left of the tick it is overspent. */
export function Budget({ report }: { report: ObjectiveReport }) {
  const left = report.budget?.leftPercent;
  if (left == null) return null;
  const { tone } = budgetState(report);
  const reach = place(left);
  return (
    <div className={`bud ${tone ? `s-${tone}` : ""}`} role="img" aria-label={t.ofTheBudgetLeft(percent(left, 1))}>
      <i style={{ left: `${zero + Math.min(reach, 0)}%`, width: `${Math.abs(reach)}%` }} />
      <u style={{ left: `${zero}%` }} />
    </div>
  );
}
