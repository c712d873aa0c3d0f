/** Every link of the app. */
export const paths = {
  overview: () => "/",
  node: (id: string) => `/nodes/${id}`,
  rules: (id: string) => `/nodes/${id}/rules`,
  unplaced: () => "/unplaced",
  checks: () => "/checks",
  newCheck: () => "/checks/new",
  check: (id: string) => `/checks/${id}`,
  system: () => "/system",
} as const;
