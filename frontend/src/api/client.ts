import { t } from "@texts/api";
import createClient, { type Middleware } from "openapi-fetch";
import { paths as pages } from "../util/paths";
import { attendance } from "./attendance";
import { ApiError, type Problem } from "./problem";
import type { paths } from "./schema";

export const api = createClient<paths>({
  baseUrl: "/",
  credentials: "same-origin",
});

/** How long reads wait for one's own last write: by then every read table has it. */
const ownWriteMs = 10_000;
let lastWrite = { position: 0, at: 0 };

/** Read your own writes: after a command, reads ask for at least its position. */
const ownWrites: Middleware = {
  onRequest({ request }) {
    if (request.method !== "GET" || Date.now() - lastWrite.at > ownWriteMs) return undefined;
    const url = new URL(request.url);
    url.searchParams.set("minPosition", String(lastWrite.position));
    return new Request(url, request);
  },
};

/** A command sent twice by a shaky connection is done once. */
const idempotency: Middleware = {
  onRequest({ request }) {
    if (request.method === "POST" && !request.headers.has("Idempotency-Key"))
      request.headers.set("Idempotency-Key", crypto.randomUUID());
    return request;
  },
};

const isThere = typeof window === "undefined" ? () => true : attendance(window);

/** What the page asks for by itself, while nobody is there, keeps no session alive. A wallboard is there to be left alone. */
const attended: Middleware = {
  onRequest({ request }) {
    if (!isThere() && window.location.pathname !== pages.wallboard()) request.headers.set("Torch-Unattended", "1");
    return request;
  },
};

api.use(ownWrites, idempotency, attended);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body, or the problem thrown. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((fault: unknown) => {
    throw new ApiError({
      title: t.theServerCouldNotBeReached,
      detail: String(fault),
      status: 0,
    });
  });
  if (!response.ok) throw new ApiError(asProblem(error, response));
  return data as T;
}

/** Like `unwrap`, and remembers the command's position for the reads that follow. */
export async function command<T extends { position: number } | undefined>(call: Promise<Answer<T>>): Promise<T> {
  const answer = await unwrap(call);
  if (answer?.position) lastWrite = { position: answer.position, at: Date.now() };
  return answer;
}

function asProblem(error: unknown, response: Response): Problem {
  const given = typeof error === "object" && error !== null ? (error as Partial<Problem>) : {};
  return {
    title: t.theServerAnswered(response.status),
    ...given,
    status: response.status,
  };
}
