import type { ObservationView } from "../api/model";
import { none, value } from "../util/number";
import { isBuiltIn } from "../util/status";
import { judged, telling } from "./probeFacts";
import { Status } from "./Status";

/** An observation, with the name of its check where several stand together. */
export interface Seen {
  check?: string | undefined;
  observation: ObservationView;
}

export const Outcome = ({ word }: { word: string }) =>
  isBuiltIn(word) ? <Status name={word} /> : <span className="t2">{word}</span>;

/** HTTP's code or what else a protocol is judged by; for a probe without an answer the cause; for a report its value. */
export function codeOrValue(o: ObservationView): string {
  if (o.statusCode != null) return String(o.statusCode);
  const cause = o.cause?.replaceAll("_", " ");
  if (o.latency) return judged(o) ?? cause ?? telling(o) ?? none;
  return o.value != null ? value(o.value) : (cause ?? none);
}
