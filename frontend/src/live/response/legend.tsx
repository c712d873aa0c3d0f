export interface LegendItem {
  word: string;
  colour?: string;
  line?: number;
  /** A status's, of a line that is not on the chart. */
  tone?: string;
}

export const Legend = ({ items }: { items: readonly LegendItem[] }) => (
  <span className="legend">
    {items.map(({ word, colour, line, tone }) => (
      <span key={word} className={tone ? `s-${tone}` : ""}>
        <i
          className={tone ? "line dash" : line ? "line" : ""}
          style={{ ...(colour ? { background: colour } : {}), ...(line ? { height: line } : {}) }}
        />
        {word}
      </span>
    ))}
  </span>
);
