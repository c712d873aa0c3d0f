/** The smallest of the values that so many percent of them do not exceed; NaN of none. */
export function percentile(values, percent) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length ? sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] : Number.NaN;
}

export const p50 = (values) => percentile(values, 50);
export const p95 = (values) => percentile(values, 95);
export const p99 = (values) => percentile(values, 99);
