import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/live";
import { agentsQuery } from "../api/agents";
import { Link } from "../ui/Link";
import { useMay } from "../ui/may";
import { Notice } from "../ui/Notice";
import { paths } from "../util/paths";
import { withoutLive } from "./locations";

/** Says where nobody is there to run what runs in these locations. */
export function NobodyThere({ locations }: { locations: readonly string[] }) {
  const agents = useQuery({ ...agentsQuery(), enabled: useMay("all") });
  const empty = agents.data ? withoutLive(agents.data, locations) : [];
  if (empty.length === 0) return null;
  return (
    <Notice
      title={t.noAgentIsLiveIn(empty.join(", "))}
      urgent
      action={
        <Link className="btn sm" to={paths.agents()}>
          {t.agents}
        </Link>
      }
    >
      {t.whatRunsThereWaitsAndWhatItShows}
    </Notice>
  );
}
