import { t } from "@texts/live";
import { counted } from "../util/number";
import "./difference.css";
import { type DiffLine, difference, type Piece, tally } from "./diff";

const signs = { same: " ", gone: "−", new: "+", changed: "±" } as const;

/** Two versions as one text: what went is struck out, what came is underlined. */
export function Difference({ before, after }: { before: string; after: string }) {
  const lines = difference(before, after);
  const { came, went, changed } = tally(lines);
  const words = [
    came > 0 && t.added(counted(came, t.lines)),
    went > 0 && t.removed(counted(went, t.lines)),
    changed > 0 && t.changed(counted(changed, t.lines)),
  ].filter(Boolean);
  return (
    <>
      <p className="t3 small">{words.join(", ") || t.nothingDiffers}</p>
      <div className="diff" role="group" aria-label={t.difference}>
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <Line key={i} line={line} />
        ))}
      </div>
    </>
  );
}

const Line = ({ line }: { line: DiffLine }) => (
  <div className={line.kind}>
    <span className="sign" aria-hidden="true">
      {signs[line.kind]}
    </span>
    <span>
      {line.pieces.map((piece, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place
        <Words key={i} piece={piece} />
      ))}
    </span>
  </div>
);

function Words({ piece: { kind, text } }: { piece: Piece }) {
  if (kind === "gone") return <del>{text}</del>;
  return kind === "new" ? <ins>{text}</ins> : text || "\u200b";
}
