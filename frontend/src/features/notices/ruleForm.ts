import { t } from "@texts/notices";
import type { NoticeRuleRequest, NoticeRuleView } from "../../api/model";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

const short = (iso: string | null | undefined) => {
  const ms = iso ? parseDuration(iso) : undefined;
  return ms ? shortDuration(ms) : "";
};

/** The form mirrors the screen: durations as people write them, empty for none. */
export const formOf = (rule: NoticeRuleView | undefined) => ({
  name: rule?.name ?? "",
  enabled: rule?.enabled ?? true,
  atLeast: rule?.atLeast ?? "critical",
  nodeIds: rule?.nodeIds ?? [],
  channelIds: rule?.channelIds ?? [],
  delay: short(rule?.delay),
  gather: rule ? short(rule.gather) : "5s",
  repeat: short(rule?.repeat),
  recovery: rule?.recovery ?? true,
  escalateAfter: short(rule?.escalations[0]?.after),
  escalateTo: rule?.escalations[0]?.channelIds ?? [],
  quiet: rule?.quiet?.schedule ?? "",
  zone: rule?.quiet?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
  except: rule?.quiet?.except ?? "",
});
export type RuleForm = ReturnType<typeof formOf>;

export const zero = "PT0S";

/** What only the API can say of a rule stays as it was: further escalations. */
export function toRequest(form: RuleForm, rule?: NoticeRuleView): NoticeRuleRequest {
  const further = (rule?.escalations ?? []).slice(1);
  const first = form.escalateAfter && form.escalateTo.length > 0;
  return {
    name: form.name.trim(),
    enabled: form.enabled,
    atLeast: form.atLeast,
    nodeIds: form.nodeIds,
    channelIds: form.channelIds,
    delay: duration(form.delay) ?? zero,
    gather: duration(form.gather) ?? zero,
    recovery: form.recovery,
    escalations: first
      ? [{ after: duration(form.escalateAfter) ?? zero, channelIds: form.escalateTo }, ...further]
      : [],
    ...(form.repeat ? { repeat: duration(form.repeat) ?? zero } : {}),
    ...(form.quiet.trim()
      ? {
          quiet: {
            schedule: form.quiet.trim(),
            timeZone: form.zone.trim() || null,
            except: form.except || null,
          },
        }
      : {}),
  };
}

/** `5m` to `PT5M`; undefined for nothing, and for what is no duration. */
export function duration(text: string): string | undefined {
  const ms = text.trim() ? readDuration(text) : undefined;
  return ms === undefined ? undefined : isoDuration(ms);
}

export const badDuration = (text: string) => (text.trim() && !duration(text) ? t.aDurationSuchAs5m : undefined);

/** Why it cannot be saved yet. */
export const missing = (form: RuleForm) =>
  !form.name.trim()
    ? t.giveItANameFirst
    : form.channelIds.length === 0
      ? t.pickAChannel
      : [form.delay, form.gather, form.repeat, form.escalateAfter].some((text) => badDuration(text))
        ? t.aDurationIsNotOneItIsSaidBeside
        : form.escalateAfter && form.escalateTo.length === 0
          ? t.sayWhomItIsEscalatedTo
          : undefined;

/** A rule's patience in a few words. */
export function summary(rule: NoticeRuleView): string {
  const words = [
    short(rule.delay) && t.after(short(rule.delay)),
    short(rule.repeat) && t.againEvery(short(rule.repeat)),
    rule.escalations.length > 0 && t.escalatesAfter(short(rule.escalations[0]?.after)),
    rule.quiet && t.quiet(rule.quiet.schedule),
    !rule.recovery && t.notTheEnd,
  ].filter(Boolean);
  return words.length > 0 ? words.join(", ") : t.atOnceAndTheEnd;
}
