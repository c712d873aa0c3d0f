import { t } from "@texts/live";
import type { TreeNode } from "../api/model";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Sprite";
import { counted } from "../util/number";
import { moment } from "../util/time";

/** What is known of a node beside its status. */
export type Marked = Pick<TreeNode, "flapping" | "acknowledged" | "maintenance" | "manual"> & {
  suppressedBy?: readonly string[] | null;
};

interface Badge {
  icon: IconName;
  word: string;
  /** All of it, for the title. */
  told: string;
}

const until = (at: string | null | undefined) => (at ? t.until(moment(at)) : "");
const by = (who: string | null | undefined) => (who ? t.by(who) : "");
const because = (reason: string | null | undefined) => (reason ? `: ${reason}` : "");

/** Each mark as a word, and as a sentence. */
export function badgesOf({ flapping, acknowledged, maintenance, manual, suppressedBy }: Marked): Badge[] {
  const badges: Badge[] = [];
  const add = (icon: IconName, word: string, told: string) => badges.push({ icon, word, told });
  if (manual)
    add("pencil", t.byHand, t.setToByHand(manual.status, by(manual.by), until(manual.until), because(manual.reason)));
  if (maintenance) add("wrench", "maintenance", t.inMaintenance(maintenance.name, until(maintenance.until)));
  if (acknowledged)
    add(
      "ack",
      "acknowledged",
      t.acknowledgedAt(
        by(acknowledged.by),
        moment(acknowledged.at),
        until(acknowledged.until),
        because(acknowledged.reason),
      ),
    );
  if (flapping) add("flap", "flapping", t.itChangesTooOftenToBeBelieved);
  if (suppressedBy && suppressedBy.length > 0)
    add(
      "mute",
      "suppressed",
      t.nobodyIsToldThatItDependsOnA(counted(suppressedBy.length, t.nodes), suppressedBy.length === 1 ? t.has : t.have),
    );
  return badges;
}

/** Beside a status; small where many stand below each other. */
export function Badges({ of, small = false }: { of: Marked; small?: boolean }) {
  const badges = badgesOf(of);
  if (badges.length === 0) return null;
  return (
    <span className={small ? "badges small" : "badges"}>
      {badges.map(({ icon, word, told }) => (
        <span key={word} className="badge" title={told}>
          <Icon name={icon} small />
          {small ? <span className="vh">{word}</span> : word}
        </span>
      ))}
    </span>
  );
}
