import { memo } from "react";

/** A line over buckets; a bucket without a value is a gap, never a line through it and never zero. */
export const Sparkline = memo(function Sparkline({ values }: { values: readonly (number | null)[] }) {
  return (
    <svg className="spark" viewBox="0 0 100 16" preserveAspectRatio="none" aria-hidden="true">
      <path d={sparkPath(values)} />
    </svg>
  );
});

export function sparkPath(values: readonly (number | null)[]): string {
  const known = values.filter((v): v is number => v != null);
  if (known.length === 0) return "";
  const low = Math.min(...known);
  const high = Math.max(...known);
  // A calm line stays low and flat: noise of a few percent is not drawn as a mountain range.
  const span = Math.max(high - low, high * 0.5, 1e-9);
  const step = 100 / Math.max(1, values.length - 1);
  let pen = "M";
  return values
    .map((v, i) => {
      if (v == null) {
        pen = "M";
        return "";
      }
      const point = `${pen}${(i * step).toFixed(1)} ${(14 - ((v - low) / span) * 12).toFixed(1)}`;
      const next = values[i + 1];
      const lone = pen === "M" && next == null ? "h2" : "";
      pen = "L";
      return point + lone;
    })
    .join("");
}
