export type MarkSize = "sm" | "md" | "row" | "lg";

/** A shape in a tone. It says nothing alone: a word stands beside it, or in `label`. */
export function Mark(props: { shape: string; tone: string; size?: MarkSize; label?: string }) {
  const { shape, tone, size = "row", label } = props;
  const className = `sh s-${tone} ${size}`;
  if (!label)
    return (
      <svg className={className} aria-hidden="true">
        <use href={`#${shape}`} />
      </svg>
    );
  return (
    <svg className={className} role="img" aria-label={label}>
      <use href={`#${shape}`} />
    </svg>
  );
}

/** The circle of a mark without a drawing of its own: where there are hundreds, the browser would compose each apart. */
export const Dot = ({ tone }: { tone: string }) => <i className={`dot s-${tone}`} aria-hidden="true" />;
