import { t } from "@texts/audit";

/** What a change is called, by the event's name. */
const words: Record<string, string> = {
  node_created: t.nodeMade,
  node_renamed: t.renamed,
  node_tagged: t.tagsChanged,
  node_check_changed: t.checkChanged,
  node_staleness_changed: t.stalenessChanged,
  node_service_period_changed: t.servicePeriodChanged,
  node_paused: t.paused,
  node_resumed: t.resumed,
  node_acknowledged: t.acknowledged,
  acknowledgement_withdrawn: t.acknowledgementWithdrawn,
  manual_status_set: t.setByHand,
  manual_status_cleared: t.noLongerSetByHand,
  rules_published: t.rulesPublished,
  node_deleted: t.nodeDeleted,
  child_linked: t.placedBelowAParent,
  child_unlinked: t.takenFromAParent,
  dependency_added: t.dependencyAdded,
  dependency_removed: t.dependencyRemoved,
  check_created: t.checkMade,
  check_changed: t.checkChanged,
  check_deleted: t.checkDeleted,
  status_defined: t.statusDefined,
  status_changed: t.statusChanged,
  status_removed: t.statusRemoved,
  maintenance_scheduled: t.maintenancePlanned,
  maintenance_changed: t.maintenanceChanged,
  maintenance_ended: t.maintenanceEnded,
  maintenance_deleted: t.maintenanceDeleted,
  objective_created: t.objectiveMade,
  objective_changed: t.objectiveChanged,
  objective_deleted: t.objectiveDeleted,
  objective_time_excluded: t.timeLeftOutOfAnObjective,
  objective_exclusion_removed: t.timeCountsAgain,
  agent_registered: t.agentRegistered,
  agent_changed: t.agentChanged,
  agent_key_rotated: t.agentsKeyRenewed,
  agent_removed: t.agentRemoved,
};

/** What follows from changes and observations. */
const others: Record<string, string> = {
  node_transitioned: t.statusOfTheNode,
  node_marked: t.marked,
  history_revised: t.historyRevised,
  report_received: t.report,
  probe_completed: t.probe,
};

/** One that this page does not know is called what the log calls it. */
export const eventWord = (type: string) => words[type] ?? others[type] ?? type.replaceAll("_", " ");

export const changeTypes = Object.keys(words);
