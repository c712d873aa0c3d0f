/** The words of `statuspages`. */
export const t = {
  // StatusPageDialog
  giveItATitleFirst: "Give it a title first",
  sayItsAddressSmallLettersDigits: "Say its address: small letters, digits, hyphens",
  pickANode: "Pick a node",
  newStatusPage: "New status page",
  save: "Save",
  makeThePage: "Make the page",
  thePageWasNotSaved: "The page was not saved.",
  title: "Title",
  address: "Address",
  statusAndItStays: "/status/..., and it stays.",
  description: "Description",
  publishedEverybodyMaySeeIt: "Published: everybody may see it",
  nodesAsOthersReadThem: "Nodes, as others read them",
  aNode: "a node",
  labelOf: (name: string) => `Label of ${name}`,
  takeAway: (label: string) => `Take ${label} away`,
  remove: "Remove",
  addANode: "Add a node",

  // StatusPagesPage
  statusPages: "Status pages",
  whatEverybodyMaySeeWithoutAn:
    "What everybody may see, without an account: statuses, times and labels, and nothing else of the nodes.",
  newPage: "New page",
  pages: "Pages",
  theStatusPages: "the status pages",
  nothingIsPublic: "Nothing is public",
  pickTheNodesThatOthersDependOn:
    "Pick the nodes that others depend on. Published, their statuses are also badges and an Atom feed.",
  delete: (title: string) => `Delete ${title}?`,
  delete2: "Delete",
  itsAddressAndTheBadgesOfItsNodes: "Its address and the badges of its nodes answer nobody any more.",
  page: "Page",
  nodes: "Nodes",
  actions: "Actions",
  status: (slug: string) => `/status/${slug}`,
  notPublished: (slug: string) => `${slug}, not published`,
  edit: "Edit",
};
