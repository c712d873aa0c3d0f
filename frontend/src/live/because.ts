import { t } from "@texts/live";

/**
 * What stands after `because`, where the name and the status stand beside it anyway:
 * `Ledger API is down because the probe failed: ...` becomes `The probe failed: ...`.
 */
export function because(sentence: string, name: string): string {
  const [before] = t.isBecause(name, "\n").split("\n");
  const [status = ""] = sentence.slice(before?.length).split(" ", 1);
  const start = t.isBecause(name, status);
  return sentence.startsWith(start) ? capital(sentence.slice(start.length)) : sentence;
}

/** Not a field of an observation: `statusCode`, `latency.total`. */
const capital = (text: string) => text.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1));
