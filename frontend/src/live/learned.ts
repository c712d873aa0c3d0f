import type { ObservationView } from "../api/model";

const usualMs = 60_000;

/** When an observation came to be known, where that was more than a minute after its own time. */
export const learnedLate = ({ at, receivedAt }: Pick<ObservationView, "at" | "receivedAt">) =>
  Date.parse(receivedAt) - Date.parse(at) > usualMs ? receivedAt : undefined;
