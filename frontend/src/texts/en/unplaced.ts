/** The words of `unplaced`. */
export const t = {
  // PlaceReport
  place: (source: string) => `Place ${source}`,
  placeIt: "Place it",
  giveItANameFirst: "Give it a name first",
  pickWhereItGoesFirst: "Pick where it goes first",
  itWasNotPlaced: "It was not placed.",
  nameOfTheNode: "Name of the node",
  whereItStands: "Where it stands",
  aLeafShowsACheckAndHasNoChildren: "A leaf shows a check and has no children",

  // UnplacedPage
  unplacedReports: "Unplaced reports",
  sources: { one: "source", other: "sources" },
  sources2: "Sources",
  moreThan: (sources: string) => `More than ${sources}`,
  thatReportedAndThatNoNodeShows: (more: string) =>
    `${more} that reported and that no node shows yet. They are recorded all the same.`,
  isPlaced: (name: string) => `${name} is placed.`,
  openIt: "Open it",
  itHasAStatusNowGiveItARuleTo: "It has a status now; give it a rule to judge its value.",
  theReports: "the reports",
  source: "Source",
  value: "Value",
  status: "Status",
  message: "Message",
  age: "Age",
  actions: "Actions",
  place2: "Place…",
  nothingWaitsToBePlaced: "Nothing waits to be placed",
  aScriptThatReportsWithANewSource: "A script that reports with a new source appears here at once. Try it:",
  aCommandThatReports: "A command that reports",
  theTopAHierarchyOfItsOwn: "The top: a hierarchy of its own",
};
