import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { t } from "@texts/app";
import { Icon } from "../ui/Icon";
import type { IconName } from "../ui/Sprite";

const next: Record<MantineColorScheme, MantineColorScheme> = {
  auto: "light",
  light: "dark",
  dark: "auto",
};
const words: Record<MantineColorScheme, string> = {
  auto: t.asTheSystemSays,
  light: t.light,
  dark: t.dark,
};
const icons: Record<MantineColorScheme, IconName> = {
  auto: "auto",
  light: "sun",
  dark: "moon",
};

export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme({ keepTransitions: true });
  const label = t.coloursChangeTo(words[colorScheme], words[next[colorScheme]]);
  return (
    <button
      type="button"
      className="btn icon quiet"
      aria-label={label}
      title={label}
      onClick={() => setColorScheme(next[colorScheme])}
    >
      <Icon name={icons[colorScheme]} />
    </button>
  );
}
