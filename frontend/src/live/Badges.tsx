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

const until = (at: string | null | undefined) => (at ? `, until ${moment(at)}` : "");
const by = (who: string | null | undefined) => (who ? ` by ${who}` : "");
const because = (reason: string | null | undefined) => (reason ? `: ${reason}` : "");

/** Each mark as a word, and as a sentence. */
export function badgesOf({ flapping, acknowledged, maintenance, manual, suppressedBy }: Marked): Badge[] {
  const badges: Badge[] = [];
  const add = (icon: IconName, word: string, told: string) => badges.push({ icon, word, told });
  if (manual)
    add(
      "pencil",
      "by hand",
      `Set to ${manual.status} by hand${by(manual.by)}${until(manual.until)}${because(manual.reason)}`,
    );
  if (maintenance) add("wrench", "maintenance", `In maintenance, ${maintenance.name}${until(maintenance.until)}`);
  if (acknowledged)
    add(
      "ack",
      "acknowledged",
      `Acknowledged${by(acknowledged.by)} at ${moment(acknowledged.at)}${until(acknowledged.until)}${because(acknowledged.reason)}`,
    );
  if (flapping) add("flap", "flapping", "It changes too often to be believed; nobody is told while it does");
  if (suppressedBy && suppressedBy.length > 0)
    add(
      "mute",
      "suppressed",
      `Nobody is told: ${counted(suppressedBy.length, "node")} that it depends on ${suppressedBy.length === 1 ? "has" : "have"} a problem`,
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
