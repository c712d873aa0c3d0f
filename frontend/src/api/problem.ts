import { t } from "@texts/api";

/** application/problem+json, as every refusal of the API comes. */
export interface Problem {
  type?: string | null;
  title?: string | null;
  status: number;
  detail?: string | null;
  errors?: Record<string, string[] | string> | null;
  traceId?: string | null;
}

export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail ?? problem.title ?? t.theServerAnswered(problem.status));
    this.name = "ApiError";
  }

  get status() {
    return this.problem.status;
  }
}

/** Why, what is wrong where, and the trace id last. */
export function explainError(fault: unknown): string {
  if (!(fault instanceof ApiError)) return fault instanceof Error ? fault.message : String(fault);
  const { errors, traceId } = fault.problem;
  const fields = Object.values(errors ?? {}).flat();
  const said = fields.length > 0 ? fields.join(" ") : fault.message;
  return `${said.replace(/([^.?!])$/, "$1.")}${traceId ? t.trace(traceId.slice(0, 32)) : ""}`;
}

/** What the API says about one field of a form, by JSON pointer: `/http/url`. */
export function fieldError(fault: unknown, pointer: string): string | undefined {
  if (!(fault instanceof ApiError)) return undefined;
  const wanted = normalise(pointer);
  const hits = Object.entries(fault.problem.errors ?? {}).filter(([key]) => isWithin(normalise(key), wanted));
  return hits.length > 0 ? [...new Set(hits.flatMap(([, said]) => said))].join(" ") : undefined;
}

const normalise = (pointer: string) =>
  pointer
    .replace(/^#/, "")
    .replace(/^\//, "")
    .replace(/\[(\d+)\]/g, "/$1")
    .replaceAll(".", "/")
    .toLowerCase();

/** The field itself, or an entry of the list that it is: `statusCodes/0`. */
const isWithin = (key: string, wanted: string) => key === wanted || key.startsWith(`${wanted}/`);
