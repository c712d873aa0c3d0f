import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Sprite";

type Word = "true" | "false" | "not reached";

const looks: Record<Word, { icon: IconName; className: string }> = {
  true: { icon: "check", className: "tf t" },
  false: { icon: "cross", className: "tf" },
  "not reached": { icon: "dash", className: "tf" },
};

const isWord = (word: string): word is Word => Object.hasOwn(looks, word);

/** What became of a rule or a clause. */
export function Result({ word, shown = word }: { word: string; shown?: string }) {
  const { icon, className } = looks[isWord(word) ? word : "not reached"];
  return (
    <span className={className}>
      <Icon name={icon} small />
      {shown}
    </span>
  );
}
