import { language } from "@texts/language";
import { t } from "@texts/slos";
import type { BurnView, ObjectiveReport } from "../../api/model";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { parseDuration, plainDuration } from "../../util/time";
import { percent, span } from "./words";

const day = 86_400_000;

const short = (iso: string) => plainDuration(parseDuration(iso) ?? 0);
const rate = (n: number | null | undefined) =>
  n == null ? none : new Intl.NumberFormat(language, { maximumSignificantDigits: 3 }).format(n);

/** How fast the budget goes, over pairs of windows: a pair fires where both are above its limit. */
export function BurnRates({ report }: { report: ObjectiveReport }) {
  const window = Date.parse(report.windowEnd) - Date.parse(report.from);
  return (
    <Section
      title={t.burnRate}
      note={t.n1SpendsExactlyTheBudgetInBoth(window < day ? span(window) : `${percent(window / day, 1)} d`)}
    >
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.tier}</th>
            <th>{t.windows}</th>
            <th className="num">{t.limit}</th>
            <th className="num">{t.long}</th>
            <th className="num">{t.short}</th>
            <th>{t.state}</th>
          </tr>
        </thead>
        <tbody>
          {report.burn.map((pair) => (
            <Pair key={pair.long} pair={pair} />
          ))}
        </tbody>
      </table>
    </Section>
  );
}

const Pair = ({ pair }: { pair: BurnView }) => (
  <tr className={pair.firing ? "firing" : undefined}>
    <td>{pair.tier}</td>
    <td className="t2 nw">
      {short(pair.long)} / {short(pair.short)}
    </td>
    <td className="num t2">{rate(pair.threshold)}</td>
    <td className="num">{rate(pair.rate)}</td>
    <td className="num">{rate(pair.shortRate)}</td>
    <td>{pair.firing ? <b className="ct s-down">{t.firing}</b> : <span className="t3">{quiet(pair)}</span>}</td>
  </tr>
);

const quiet = ({ rate: long }: BurnView) => (long == null ? t.noData : t.quiet);
