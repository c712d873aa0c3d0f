/** What a change is called, by the event's name. */
const words: Record<string, string> = {
  node_created: "node made",
  node_renamed: "renamed",
  node_tagged: "tags changed",
  node_check_changed: "check changed",
  node_staleness_changed: "staleness changed",
  node_service_period_changed: "service period changed",
  node_paused: "paused",
  node_resumed: "resumed",
  node_acknowledged: "acknowledged",
  acknowledgement_withdrawn: "acknowledgement withdrawn",
  manual_status_set: "set by hand",
  manual_status_cleared: "no longer set by hand",
  rules_published: "rules published",
  node_deleted: "node deleted",
  child_linked: "placed below a parent",
  child_unlinked: "taken from a parent",
  dependency_added: "dependency added",
  dependency_removed: "dependency removed",
  check_created: "check made",
  check_changed: "check changed",
  check_deleted: "check deleted",
  status_defined: "status defined",
  status_changed: "status changed",
  status_removed: "status removed",
  maintenance_scheduled: "maintenance planned",
  maintenance_changed: "maintenance changed",
  maintenance_ended: "maintenance ended",
  maintenance_deleted: "maintenance deleted",
  objective_created: "objective made",
  objective_changed: "objective changed",
  objective_deleted: "objective deleted",
  objective_time_excluded: "time left out of an objective",
  objective_exclusion_removed: "time counts again",
  agent_registered: "agent registered",
  agent_changed: "agent changed",
  agent_key_rotated: "agent's key renewed",
  agent_removed: "agent removed",
};

/** What follows from changes and observations. */
const others: Record<string, string> = {
  node_transitioned: "status of the node",
  node_marked: "marked",
  history_revised: "history revised",
  report_received: "report",
  probe_completed: "probe",
};

/** One that this page does not know is called what the log calls it. */
export const eventWord = (type: string) => words[type] ?? others[type] ?? type.replaceAll("_", " ");

export const changeTypes = Object.keys(words);
