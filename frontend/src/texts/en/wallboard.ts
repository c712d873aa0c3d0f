/** The words of `wallboard`. */
export const t = {
  // WallboardPage
  theHierarchies: "the hierarchies",
  nothingIsWatchedYet: "Nothing is watched yet",
  overview: "Overview",
  makeAHierarchyOnTheOverviewIt: "Make a hierarchy on the overview; it appears here at once.",
  wallboard: "Wallboard",
  leave: "Leave",
  space: "Space",
  goOn: "Go on",
  hold: "Hold",
  part: (name: string, part: number) => `${name}, part ${part}`,
  calmerLeaves: { one: "calmer leaf", other: "calmer leaves" },
  and: (calmerLeaves: string) => `And ${calmerLeaves}.`,
  notLiveSince: (at: string) => `not live since ${at}`,
  of: (part: number, parts: number) => `${part} of ${parts}`,
  for: (status: string, span: string) => `${status} for ${span}`,
};
