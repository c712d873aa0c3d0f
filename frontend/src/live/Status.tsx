import { Dot, Mark, type MarkSize } from "../ui/Mark";
import { look } from "../util/status";

/** Shape, word, then colour. `many` is for hundreds below each other, of which most are circles. */
export function Status({ name, size, many = false }: { name: string; size?: MarkSize; many?: boolean }) {
  const { shape, tone, weight } = look(name);
  return (
    <span className={`st s-${tone} ${weight}`}>
      {many && shape === "circle" ? (
        <Dot tone={tone} />
      ) : (
        <Mark shape={shape} tone={tone} {...(size ? { size } : {})} />
      )}
      <span className="w">{name}</span>
    </span>
  );
}

/** The shape alone, where the word stands next to it or is given to readers. */
export function StatusShape({ name, size, label }: { name: string; size?: MarkSize; label?: boolean }) {
  const { shape, tone } = look(name);
  return <Mark shape={shape} tone={tone} {...(size ? { size } : {})} {...(label ? { label: name } : {})} />;
}
