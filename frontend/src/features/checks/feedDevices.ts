import { language } from "@texts/language";
import type { CheckView, LatestReport } from "../../api/model";

/** What the sources of a feed's devices begin with. */
export const prefixOf = (check: Pick<CheckView, "source" | "name">) => `${check.source ?? check.name}/`;

const { compare } = new Intl.Collator(language, { numeric: true });

/** The devices of a feed; those that no node shows yet come first, then by name. */
export function devicesOf(reports: readonly LatestReport[], prefix: string): LatestReport[] {
  const nameOf = (report: LatestReport) => report.title ?? report.source;
  const unplaced = (report: LatestReport) => Number(report.nodeIds.length === 0);
  return reports
    .filter((report) => report.source.startsWith(prefix))
    .sort((a, b) => unplaced(b) - unplaced(a) || compare(nameOf(a), nameOf(b)));
}
