/** The words of `live`. */
export const t = {
  // LiveProvider
  is: (nodeName: string, to: string) => `${nodeName} is ${to}`,

  // SignOut
  signedInAs: (actor: string) => `Signed in as ${actor}`,
  signOut: "Sign out",

  // Undo
  itWasNotUndone: (fault: string) => `It was not undone. ${fault}`,
  undoing: "Undoing",
  undo: "Undo",
  close: "Close",

  // because
  isBecause: (name: string, status: string) => `${name} is ${status} because `,

  // Reading
  itMayHaveBeenDeleted: "It may have been deleted, or the address has a mistake.",
  youMayNotSee: (what: string) => `You may not see ${what}`,
  theKeyThatYouSignedInWithDoesNot: (why: string) => `What you signed in with does not allow it. ${why}`,
  couldNotBeRead: (what: string) => `${what} could not be read.`,
  again: "Again",

  // Portion
  ofAreShown: (shown: string, all: string) => `${shown} of ${all} are shown.`,
  ofMoreThanAreShown: (shown: string, read: string) => `${shown} of more than ${read} are shown.`,
  showMore: "Show more",

  // CommandDialog
  cancel: "Cancel",

  // NewNode
  newGroupIn: (name: string) => `New group in ${name}`,
  newHierarchy: "New hierarchy",
  makeThe: (what: string) => `Make the ${what}`,
  giveItANameFirst: "Give it a name first",
  theWasNotMade: (what: string) => `The ${what} was not made.`,
  name: "Name",
  whatPeopleCallItUpTo200: "What people call it, up to 200 characters.",
  tags: "Tags",
  wordsApartByCommasTheyHelpTo: "Words apart by commas; they help to search and to filter.",

  // Badges
  until: (at: string) => `, until ${at}`,
  by: (who: string) => ` by ${who}`,
  byHand: "by hand",
  setToByHand: (status: string, by: string, until: string, because: string) =>
    `Set to ${status} by hand${by}${until}${because}`,
  inMaintenance: (name: string, until: string) => `In maintenance, ${name}${until}`,
  acknowledgedAt: (by: string, at: string, until: string, because: string) =>
    `Acknowledged${by} at ${at}${until}${because}`,
  itChangesTooOftenToBeBelieved: "It changes too often to be believed; nobody is told while it does",
  nodes: { one: "node", other: "nodes" },
  has: "has",
  have: "have",
  nobodyIsToldThatItDependsOnA: (nodes: string, more: string) =>
    `Nobody is told: ${nodes} that it depends on ${more} a problem`,

  // NodePicker
  searchNodes: "Search nodes",
  moreSearchToNarrow: (n: number) => `${n} more; search to narrow.`,
  noNodeMatches: "No node matches.",
  thereIsNoNodeYet: "There is no node yet.",

  // MoveNodes
  theTop: "the top",
  showInAnotherPlaceToo: (what: string) => `Show ${what} in another place too`,
  move: (what: string) => `Move ${what}`,
  addTheParent: "Add the parent",
  move2: "Move",
  notEverythingWasMoved: "Not everything was moved.",
  standsUnderToo: (what: string, where: string) => `${what} stands under ${where} too.`,
  movedTo: (what: string, where: string) => `Moved ${what} to ${where}.`,
  whatToDo: "What to do",
  moveIt: "Move it",
  keepItAndAddAParent: "Keep it and add a parent",
  awayFrom: "Away from",
  parentItLeaves: "Parent it leaves",
  newParent: "New parent",
  pickWhereItGoesFirst: "Pick where it goes first",
  itCannotGoThere: "It cannot go there",
  itStandsThereAlready: "It stands there already",
  itCannotStandBelowItself: "It cannot stand below itself",
  aLeafShowsACheckAndHasNoChildren: "A leaf shows a check and has no children",
  whatWouldChangeIsShownHereBefore: "What would change is shown here before it is done.",
  workingOutWhatWouldChange: "Working out what would change.",
  noStatusWouldChangeByAMoveTo: (where: string) => `No status would change by a move to ${where}.`,
  statuses: { one: "status", other: "statuses" },
  wouldChange: (statuses: string) => `${statuses} would change`,
  whatWouldChange: "What would change",
  wouldBe: "would be",
  after: (after: string) => `after ${after}`,

  // gaps
  torchWasAway: "Torch was away",
  noAgentWasLive: "no agent was live",
  anAgentsSpoolWasFull: "an agent's spool was full",
  recordsOfAnAgentsSpoolWere: "records of an agent's spool were damaged",
  results: { one: "result", other: "results" },
  missing: (results: string) => `, ${results} missing`,
  in: (location: string) => ` in ${location}`,
  for: (at: string, span: string, gapWords: string, where: string, missing: string) =>
    `${at} for ${span}, ${gapWords}${where}${missing}`,

  // buckets
  noData: (gapWords: string) => `no data: ${gapWords}`,
  noData2: "no data",
  ms: (ms: number | string) => `${ms} ms`,
  meanTo: (value: string, value2: string, value3: string) => `mean ${value}, ${value2} to ${value3}`,
  notGood: (failed: number) => `, ${failed} not good`,
  observations: (count: number, more: string) => `${count} observations${more}`,

  // PercentileChart
  lastP95: (p95: string) => `Last p95 ${p95}`,
  noData3: "No data",
  responseP50P95P99TheTableViewHas: (more: string) =>
    `Response p50, p95, p99. ${more}. The table view has every bucket.`,

  // PhaseChart
  resolve: "resolve",
  connect: "connect",
  processing: "processing",
  transfer: "transfer",
  meanResponseByPhaseTheTableView: (phaseSummary: string) =>
    `Mean response by phase: ${phaseSummary}. The table view has every bucket.`,
  total: (total: string) => `total ${total}`,

  // SeriesTable
  least: "Least",
  mean: "Mean",
  most: "Most",
  from: "From",
  observations2: "Observations",
  good: "Good",

  // ValueChart
  mean2: "mean",
  leastToMost: "least to most",
  perBucketLastMean: (what: string, value: string) =>
    `${what} per bucket. Last mean ${value}. The table view has every bucket.`,

  // levels
  beyondTheChart: (threshold: string) => `${threshold}, beyond the chart`,
  thresholds: (list: string) => `Thresholds: ${list}.`,

  // quantity
  responseTime: "Response time",

  // ResponseCharts
  range: "Range",
  theChartCouldNotBeRead: "The chart could not be read.",
  buckets: (span: string) => `${span} buckets`,
  fromOn: (at: string) => `from ${at} on`,
  chart: "Chart",
  response: "Response",
  values: "Values",
  phases: "Phases",
  meanPerBucket: "mean per bucket",
  gap: "gap",
  gaps: "Gaps",
  gap2: (gapLine: string) => `Gap: ${gapLine}.`,
  andBefore: (n: number) => `And ${n} before.`,

  // probeFacts
  responseCode: "Response code",
  answers: "Answers",
  theyAre: "They are",
  timeToLive: "Time to live",
  lost: "Lost",
  roundTrip: "Round trip",
  jitter: "Jitter",
  tcpConnect: "TCP connect",
  banner: "Banner",
  value: "Value",
  redirects: "Redirects",
  cipher: "Cipher",
  certificateFor: "Certificate for",
  chain: "Chain",
  reached: "Reached",
  body: "Body",
  runBy: "Run by",
  in2: (agent: string, location: string) => `${agent}, in ${location}`,
  startedLate: "Started late",
  by2: (latenessMs: string) => `by ${latenessMs}`,
  keptOnly: "Kept only",
  anotherAgentHadTheCheckByThenIt: "another agent had the check by then; it changed no status",
  lost2: (lost: string) => `${lost} lost`,
  days: { one: "day", other: "days" },
  left: (days: string) => `${days} left`,

  // ObservationDialog
  outcome: "Outcome",
  codeOrValue: "Code or value",
  message: "Message",
  at: "At",
  headers: "Headers",
  text: "Text",
  certificate: "Certificate",
  expired: "expired",
  until2: (at: string) => `until ${at}`,
  signedBy: "Signed by",
  learned2: "Learned",
  tooLateToCountItChangedNoStatus: "too late to count: it changed no status",

  // Observations
  time: (zone: string) => `Time, ${zone}`,
  check: "Check",
  total2: "Total",
  tells: "Tells",
  learned: (at: string) => `learned ${at}`,
  showAllOfIt: (at: string) => `${at}. Show all of it`,

  // Difference
  lines: { one: "line", other: "lines" },
  added: (lines: string) => `${lines} added`,
  removed: (lines: string) => `${lines} removed`,
  changed: (lines: string) => `${lines} changed`,
  nothingDiffers: "Nothing differs.",
  difference: "Difference",

  // NobodyThere
  noAgentIsLiveIn: (list: string) => `No agent is live in ${list}.`,
  agents: "Agents",
  whatRunsThereWaitsAndWhatItShows: "What runs there waits, and what it shows stays unknown, until an agent is back.",

  // AgentState
  live: "live",
  away: "away",
  neverCame: "never came",
  theTopAHierarchyOfItsOwn: "The top: a hierarchy of its own",
  chainOf: (below: string, above: string) => `${below}, signed by ${above}`,

  // Lanes
  forFrom: (status: string, span: string, at: string) => `${status} for ${span} from ${at}`,
  upAllTheTime: "up all the time",

  // BacktestNumbers
  timePerStatus: "Time per status",
  hMmSs: "h:mm:ss",
  status: "Status",
  recorded: "Recorded",
  draft: "Draft",
  whatWouldHaveChanged: "What would have changed",
  transitions: "Transitions",
  notices: "Notices",
  incidents: "Incidents",
  incidentsMissed: "Incidents missed",
  availability: "Availability",
  ofTheIncidentOfTheDraftWouldHave: (at: string, worst: string, more: string) =>
    `Of the incident of ${at} (${worst}) the draft would have shown nothing${more}.`,
  norOfMore: (n: number) => `, nor of ${n} more`,
  itsErrorBudgetLeft: "Its error budget left",

  // BacktestTables
  theDraftWouldHaveMadeTheSame: "The draft would have made the same transitions.",
  time2: "Time",
  onlyIn: "Only in",
  to: "To",
  why: "Why",
  moreNotListed: (hidden: string) => `${hidden} more not listed.`,
  draft2: "draft",
  recorded2: "recorded",

  // Backtest
  thePastUnderThisDraft: "The past under this draft",
  window: "Window",
  runBacktest: "Run backtest",
  theBacktestDidNotEnd: "The backtest did not end.",
  nothingWasWritten: (why: string) => `${why} Nothing was written.`,
  replaysWhatWasRecordedUnderThe:
    "Replays what was recorded under the draft: how often it would have changed, for how long, and what people would have been told.",
  replayedInSNothingWritten: (events: string, seconds: string) => `${events} replayed in ${seconds} s, nothing written`,
  events: { one: "event", other: "events" },
  backtest: "Backtest",
  events2: (share: number, events: string) => `${share} %, ${events} events`,
  nothingWasRecordedInThisWindow: "Nothing was recorded in this window.",
  theDraftHasChangedSinceRunIt: "The draft has changed since; run it again.",
  whatIsOlderThanIsNoLongerKeptThe: (at: string) =>
    `What is older than ${at} is no longer kept; the window begins there.`,
  wouldHaveDifferedToo: (nodesAbove: string) => `${nodesAbove} would have differed too`,
  nodesAbove: { one: "node above", other: "nodes above" },
  before: "Before",
  asRecorded: "as recorded",
  replayed: "replayed",
};
