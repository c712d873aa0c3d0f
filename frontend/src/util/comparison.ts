/** How numbers compare. */
export const comparisons = ["<", "<=", "=", "!=", ">=", ">"] as const;
export type Comparison = (typeof comparisons)[number];

export const symbols: Record<Comparison, string> = { "<": "<", "<=": "≤", "=": "=", "!=": "≠", ">=": "≥", ">": ">" };
