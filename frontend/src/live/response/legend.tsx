export interface LegendItem {
  word: string;
  colour: string;
  line?: number;
}

export const Legend = ({ items }: { items: readonly LegendItem[] }) => (
  <span className="legend">
    {items.map(({ word, colour, line }) => (
      <span key={word}>
        <i className={line ? "line" : ""} style={{ background: colour, ...(line ? { height: line } : {}) }} />
        {word}
      </span>
    ))}
  </span>
);
