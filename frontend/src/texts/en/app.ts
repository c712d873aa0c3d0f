/** The words of `app`. */
export const t = {
  // LiveSign
  thisIsAnotherTimeWhatHappensNow: "This is another time: what happens now does not show",
  paused: "Paused",
  theConnectionToTorchIsBroken: "The connection to Torch is broken",
  notLive: "Not live",
  since: (at: string) => `since ${at}`,
  fromTheLastEventToThisPage: "From the last event to this page",
  live: "Live",
  connecting: "Connecting",

  // Search
  searchNodes: "Search nodes",
  searchNodesAndTags: "Search nodes and tags",

  // ThemeSwitch
  asTheSystemSays: "as the system says",
  light: "light",
  dark: "dark",
  coloursChangeTo: (words: string, words2: string) => `Colours: ${words}. Change to ${words2}`,

  // UserMenu
  yourAccount: "Your account",

  // Bar
  now: "now",
  lookAtAnotherTimeT: "Look at another time (t)",
  asOf: "as of",
  lookAtAnotherTime: ", look at another time",
  overview: "Overview",
  unplacedReports: "Unplaced reports",
  checks: "Checks",
  newCheck: "New check",
  check: "Check",
  maintenance: "Maintenance",
  newWindow: "New window",
  window: "Window",
  statuses: "Statuses",
  importAndExport: "Import and export",
  people: "People",
  agents: "Agents",
  agent: "Agent",
  audit: "Audit",
  availability: "Availability",
  objectives: "Objectives",
  objective: "Objective",
  system: "System",
  whereYouAre: "Where you are",
  rules: "Rules",
  historyOfTheRules: "History of the rules",
  monitoringPath: "Monitoring path",
  whatIf: "What if",
  statusPages: "Status pages",

  // Nav
  main: "Main",
  torchOverview: "Torch, overview",
  incidents: "Incidents",
  incident: "Incident",
  whatWasTold: "What was told",
  notices: "Notices",
  hierarchies: "Hierarchies",

  thisPageShowsThePresent: (at: string) => `This page shows the present, not ${at}.`,

  // NotLive
  notLive2: "Not live.",
  tryNow: "Try now",
  tryingAgainInS: (left: number) => `Trying again in ${left} s.`,
  tryingAgain: "Trying again.",
  theConnectionBrokeAtStatuses: (at: string, more: string) =>
    `The connection broke at ${at}; statuses below are of that moment. ${more}`,

  // StatusBar
  nodes: { one: "node", other: "nodes" },
  hierarchies2: { one: "hierarchy", other: "hierarchies" },
  in: (nodes: string, hierarchies: string) => `${nodes} in ${hierarchies}`,
  readingTheTree: "Reading the tree",
  position: (seen: string) => ` ·  position ${seen}`,
  lastChangeAgo: (span: string) => ` ·  last change ${span} ago`,
  move: "move",
  open: "open",
  search: "search",
  time: "time",
  help: "help",

  // More
  wallboard: "Wallboard",
  morePages: "More pages",

  // Tabs
  mainShort: "Main, short",
  unplaced: "Unplaced",
  more: "More",

  // Help
  searchNodesAndTags2: "search nodes and tags",
  nextPreviousRow: "next, previous row",
  unfoldFold: "unfold, fold",
  openTheRow: "open the row",
  selectTheRowShiftAndAClickSelect: "select the row; Shift and a click select up to one",
  takeTheRowOrWhatIsSelectedTo: "take the row, or what is selected, to another place",
  undoWhatWasDoneLast: "undo what was done last",
  problemsOnlyOnAndOff: "problems only, on and off",
  lookAtAnotherTime2: "look at another time",
  leaveAFieldCloseADialogBackToNow: "leave a field, close a dialog, back to now",
  thisHelp: "this help",
  keys: "Keys",

  // TimeBand
  lastHour: "last hour",
  last24H: "last 24 h",
  last7D: "last 7 d",
  last30D: "last 30 d",
  last90D: "last 90 d",
  time2: "Time",
  now2: "Now",
  ago: (span: string) => `${span} ago`,
  moveTheSliderToAnotherTime: "move the slider to another time",
  lookAtAnotherTime3: "Look at another time",
  reachOfTheSlider: "Reach of the slider",
  exactTime: "Exact time",
  earlier: "Earlier",
  laterThanNowNothingIsKnown: "Later than now nothing is known",
  later: "Later",

  // Shell
  skipToTheContent: "Skip to the content",
  thisPageIsNotForYou: "This page is not for you",

  // SignIn
  thatAccountHasAPasswordSignIn:
    "The account of that name has a password. Sign in with it, and link it to the provider on the page Your account.",
  theProviderKnowsYouButYouHaveNo: "The provider knows you, but you have no account here. Ask an admin for one.",
  theProviderDidNotLetYouIn: "The provider did not let you in.",
  enterYourNameFirst: "Enter your name first",
  key: "key",
  password: "password",
  enterThe: (more: string) => `Enter the ${more}`,
  signInWith: (provider: string) => `Sign in with ${provider}`,
  theKeyIsExchangedForASessionOf: "The key is exchanged for a session of this browser and not kept.",
  name: "Name",
  apiKey: "API key",
  password2: "Password",
  signIn: "Sign in",
  withANameAndAPassword: "With a name and a password",
  withAnApiKey: "With an API key",
  torchDoesNotKnowThisKey: "Torch does not know this key.",
  nobodyHasThisNameAndThisPassword: "Nobody has this name and this password here.",

  // SetUp
  torchPrintedTheTokenWhenIt: "Torch printed the token when it started",
  chooseANameFirst: "Choose a name first",
  aPasswordHasAtLeast12Characters: "A password has at least 12 characters",
  theFirstAccountIsAnAdminsFrom:
    "The first account is an admin's. From then on nobody sees anything here without an account or a key.",
  token: "Token",
  asTorchPrintedItWhenItStarted: "As Torch printed it when it started.",
  n12To128CharactersOfAnyKind: "12 to 128 characters, of any kind.",
  makeTheAccount: "Make the account",

  // App
  torchDoesNotAnswer: "Torch does not answer.",
  again: "Again",
  andMoreChanges: (first: unknown, n: number) => `${first}, and ${n} more changes`,
  yourKeyMayOnlyReport: "Your key may only report",
  youSeeCertainHierarchiesOnly: "You see certain hierarchies only, and this concerns all of them",
  yourRoleMayLookOnly: "Your role may look, not change anything: an admin can give you another",
  onlyAnAdminMayDoThis: "Only an admin may do this",

  // PageFault
  thisPageCouldNotBeShown: "This page could not be shown",
  thereIsNoSuchPage: "There is no such page",
  noSuchPage: "No such page",
  node: "Node",
  theAddressMayBeOldOrALetterIs: "The address may be old, or a letter is missing.",
};
