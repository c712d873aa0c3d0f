import { t } from "@texts/incidents";
import type { IncidentView } from "../../api/model";

/** What stands for a cause that somebody may not see. */
const nowhere = "00000000-0000-0000-0000-000000000000";

export const isElsewhere = ({ nodeId }: IncidentView) => nodeId === nowhere;

export const causeName = (incident: IncidentView) =>
  incident.name || (isElsewhere(incident) ? t.aCauseInNoneOfYourHierarchies : t.aDeletedNode2);
