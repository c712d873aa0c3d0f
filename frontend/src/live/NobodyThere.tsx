import { useQuery } from "@tanstack/react-query";
import { agentsQuery } from "../api/agents";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { paths } from "../util/paths";
import { withoutLive } from "./locations";

/** Says where nobody is there to run what runs in these locations. */
export function NobodyThere({ locations }: { locations: readonly string[] }) {
  const agents = useQuery(agentsQuery());
  const empty = agents.data ? withoutLive(agents.data, locations) : [];
  if (empty.length === 0) return null;
  return (
    <Notice
      title={`No agent is live in ${empty.join(", ")}.`}
      urgent
      action={
        <Link className="btn sm" to={paths.agents()}>
          Agents
        </Link>
      }
    >
      What runs there waits, and what it shows stays unknown, until an agent is back.
    </Notice>
  );
}
