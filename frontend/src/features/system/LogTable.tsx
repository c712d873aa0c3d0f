import type { LogLineView } from "../../api/model";
import { Mark } from "../../ui/Mark";
import { moment, utc, zone } from "../../util/time";
import { levels } from "./logWords";

/** Lines, newest first; each opens to all that is known of it. */
export function LogTable({ lines }: { lines: readonly LogLineView[] }) {
  return (
    <table className="tbl tight logs">
      <thead>
        <tr>
          <th className="c-time">Time, {zone()}</th>
          <th className="c-level">Level</th>
          <th className="c-part hide-p">Component</th>
          <th className="c-host hide-p">From</th>
          <th>Message</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ line }: { line: LogLineView }) {
  const level = levels[line.level];
  return (
    <tr>
      <td className="t3" title={utc(line.at)}>
        {moment(line.at)}
      </td>
      <td>
        <span className="level">
          <Mark shape={level.shape} tone={level.tone} />
          <span className="hide-p">{level.word}</span>
          <span className="only-phone vh">{level.word}</span>
        </span>
      </td>
      <td className="ell t2 hide-p" title={line.component}>
        {line.component.replace(/^Torch\./, "")}
      </td>
      <td
        className="ell t2 hide-p"
        title={line.agent ? `agent ${line.agent} on ${line.host}` : `server on ${line.host}`}
      >
        {line.agent ?? line.host}
      </td>
      <td>
        <details>
          <summary>{line.message}</summary>
          <p className="t3 small">
            {level.word}, {utc(line.at)}, {line.component},{" "}
            {line.agent ? `agent ${line.agent} on ${line.host}` : `server on ${line.host}`}
          </p>
          <pre className="code">{line.exception ?? line.message}</pre>
        </details>
      </td>
    </tr>
  );
}
