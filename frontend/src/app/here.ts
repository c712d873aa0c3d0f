/** Marks the link to where one is. */
export const here = (match: "exact" | "below" = "below") => ({
  activeOptions: { exact: match === "exact", includeSearch: false },
  activeProps: { "aria-current": "page" as const },
});
