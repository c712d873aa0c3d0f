import type { IconName } from "./Sprite";

/** A line icon; always beside a word or inside a control that has a label. */
export const Icon = ({ name, small = false }: { name: IconName; small?: boolean }) => (
  <svg className={small ? "ic xs" : "ic"} aria-hidden="true">
    <use href={`#i-${name}`} />
  </svg>
);
