/** The words of `path`. */
export const t = {
  // Graph
  size: "Size",
  smaller: "Smaller",
  larger: "Larger",
  fit: "Fit",
  foldAll: "Fold",
  monitoringPath: "Monitoring path",
  moreWithAProblem: (otherProblems: string) => `${otherProblems} more with a problem`,
  calm: (otherCalm: string) => `${otherCalm} calm`,
  rootCause: "root cause",

  // PathPage
  theMonitoringPath: "the monitoring path",
  thereIsNoSuchNode: "There is no such node",
  thereWasNoSuchNodeThen: "There was no such node then",
  overview: "Overview",
  monitoringPathOf: (name: string) => `Monitoring path of ${name}`,
  shownAs: "Shown as",
  graph: "Graph",
  table: "Table",
  openTheNode: "Open the node",
  drawMore: (most: string) => `Draw up to ${most}`,
  moreProblems: { one: "more node with a problem is", other: "more nodes with a problem are" },
  moreAreNotDrawn: (moreProblems: string) => `; ${moreProblems} not drawn, and counted where they stand`,
  moreBelongToItThanAreDrawn: "; more belong to it than are drawn",
  nodes: { one: "node", other: "nodes" },
  nothingHasAProblemHere: (shown: string, cut: string) => `${shown}: nothing has a problem here${cut}.`,
  rootCauses: { one: "root cause", other: "root causes" },
  aStrongLineIsOneThatDecided: (shown: string, rootCauses: string, cut: string) =>
    `${shown}, ${rootCauses}${cut}. A strong line is one that decided.`,
  node: "Node",
  status: "Status",
  below: "Below",
  since: "Since",
  why: "Why",
  theTop: "the top",
};
