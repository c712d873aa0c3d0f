import { t } from "@texts/node";
import type { Explanation } from "../../api/model";
import { Status } from "../../live/Status";
import { clock, utc } from "../../util/time";

/** What each of several locations finds. */
export function ByLocation({ explanation: { locations } }: { explanation: Explanation }) {
  if (!locations?.length) return null;
  return (
    <table className="tbl tight">
      <caption className="vh">{t.byLocation}</caption>
      <thead>
        <tr>
          <th scope="col">{t.location}</th>
          <th scope="col">{t.findsIt}</th>
          <th scope="col">{t.because}</th>
          <th scope="col">{t.lastResult}</th>
        </tr>
      </thead>
      <tbody>
        {locations.map(({ location, status, because, observation }) => (
          <tr key={location}>
            <th scope="row">{location}</th>
            <td>
              <Status name={status} size="sm" />
            </td>
            <td>{because}</td>
            <td className="num" title={observation ? utc(observation.at) : undefined}>
              {observation ? clock(observation.at) : t.noneYet}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
