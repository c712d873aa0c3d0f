import type { Explanation } from "../../api/model";
import { Status } from "../../live/Status";
import { clock } from "../../util/time";

/** What each of several locations finds. */
export function ByLocation({ explanation: { locations } }: { explanation: Explanation }) {
  if (!locations?.length) return null;
  return (
    <table className="tbl tight">
      <caption className="vh">By location</caption>
      <thead>
        <tr>
          <th scope="col">Location</th>
          <th scope="col">Finds it</th>
          <th scope="col">Because</th>
          <th scope="col">Last result</th>
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
            <td className="num">{observation ? clock(observation.at) : "none yet"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
