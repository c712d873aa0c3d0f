import { t } from "@texts/node";
import type { Explanation, RuleExplanation } from "../../api/model";
import { Result } from "../../live/Result";
import { Status } from "../../live/Status";
import { none } from "../../util/number";
import { look } from "../../util/status";

/** Every rule with what each clause saw; the winner is marked. */
export function Clauses({ explanation, leaf }: { explanation: Explanation; leaf: boolean }) {
  const { rules, ruleIndex, decider, rollUp, status } = explanation;
  const fallback = decider === "roll-up" || decider === "check";
  return (
    <table className="tbl clauses stack">
      <thead>
        <tr>
          <th>{t.clause}</th>
          <th className="num">{t.actual}</th>
          <th className="c-res">{t.result}</th>
          <th className="c-then">{t.then}</th>
        </tr>
      </thead>
      {rules.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no identity but their place
        <Rule key={i} rule={rule} index={i} won={decider === "rule" && ruleIndex === i} />
      ))}
      <tbody className={fallback ? `won s-${look(status).tone}` : ""}>
        <tr className="rh">
          <td>
            {rules.length > 0 ? <span className="t3">{t.else}</span> : null}
            {leaf ? t.theChecksOwnVerdict : t.rollUp(rollUp ?? t.worst)}
          </td>
          <td className="hide-p" />
          <td>
            <Result word={fallback ? t.true : t.notReached} shown={fallback ? "decides" : t.notReached} />
          </td>
          <td className="hide-p">{fallback ? <Status name={status} /> : <span className="t3">{none}</span>}</td>
        </tr>
      </tbody>
    </table>
  );
}

function Rule({ rule, index, won }: { rule: RuleExplanation; index: number; won: boolean }) {
  return (
    <tbody className={won ? `won s-${look(rule.then).tone}` : ""}>
      <tr className="rh">
        <td>
          <b>{index + 1}</b>&ensp;{rule.name ?? <span className="t3">{t.rule(index + 1)}</span>}
        </td>
        <td className="num hide-p" />
        <td>
          <Result word={rule.result} />
        </td>
        <td className="hide-p">
          <Status name={rule.then} />
        </td>
      </tr>
      {rule.clauses.map((clause, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same clause may stand twice
        <tr key={i} className="cl">
          <td className="full">
            <code>{clause.text}</code>
          </td>
          <td className="num">{clause.actual ?? none}</td>
          <td>
            <Result word={clause.result} />
          </td>
          <td className="hide-p" />
        </tr>
      ))}
    </tbody>
  );
}
