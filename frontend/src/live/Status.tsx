import { Mark, type MarkSize } from "../ui/Mark";
import { look } from "../util/status";

/** Shape, word, then colour. */
export function Status({ name, size }: { name: string; size?: MarkSize }) {
  const { shape, tone, weight } = look(name);
  return (
    <span className={`st s-${tone} ${weight}`}>
      <Mark shape={shape} tone={tone} {...(size ? { size } : {})} />
      <span className="w">{name}</span>
    </span>
  );
}

/** The shape alone, where the word stands next to it or is given to readers. */
export function StatusShape({ name, size, label }: { name: string; size?: MarkSize; label?: boolean }) {
  const { shape, tone } = look(name);
  return <Mark shape={shape} tone={tone} {...(size ? { size } : {})} {...(label ? { label: name } : {})} />;
}
