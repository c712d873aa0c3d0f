import { t } from "@texts/rules";
import type { RulesView } from "../../api/model";
import { moment, utc } from "../../util/time";

/** Which version it is, whose and why. */
export function InForce({ rules }: { rules: RulesView }) {
  if (!rules.publishedAt || Number(rules.version) === 0) return t.noRulesWerePublishedYet;
  return (
    <span title={utc(rules.publishedAt)}>
      {t.inForceVersionPublished(
        rules.version,
        rules.author ? t.by(rules.author) : "",
        moment(rules.publishedAt),
        rules.reason ? `: ${rules.reason}` : "",
      )}
    </span>
  );
}
