/** The statuses that Torch is born with. A workspace may add its own; they borrow a shape. */
export const builtInStatuses = [
  "down",
  "critical",
  "degraded",
  "expired",
  "unknown",
  "up",
  "maintenance",
  "paused",
] as const;
export type BuiltInStatus = (typeof builtInStatuses)[number];

export type Shape = "circle" | "triangle" | "square" | "octagon" | "diamond" | "ring" | "wrench" | "bars";

export interface StatusLook {
  shape: Shape;
  /** The colours' name in tokens.css. */
  tone: BuiltInStatus;
  /** 0 is shown first: worst. */
  order: number;
  /** As rules compare it; null for the neutral ones. */
  severity: number | null;
  /** Taller is worse: pixels of a bar in a 16 px lane. */
  height: number;
  /** Whether it belongs to what "problems only" keeps. */
  problem: boolean;
  /** Bold word: serious; quiet word: the shape says it all. */
  weight: "strong" | "plain" | "quiet";
}

const looks: Record<BuiltInStatus, StatusLook> = {
  down: {
    shape: "octagon",
    tone: "down",
    order: 0,
    severity: 40,
    height: 16,
    problem: true,
    weight: "strong",
  },
  critical: {
    shape: "square",
    tone: "critical",
    order: 1,
    severity: 30,
    height: 13,
    problem: true,
    weight: "strong",
  },
  degraded: {
    shape: "triangle",
    tone: "degraded",
    order: 2,
    severity: 10,
    height: 10,
    problem: true,
    weight: "plain",
  },
  expired: {
    shape: "diamond",
    tone: "expired",
    order: 3,
    severity: 20,
    height: 10,
    problem: true,
    weight: "plain",
  },
  unknown: {
    shape: "ring",
    tone: "unknown",
    order: 4,
    severity: 20,
    height: 4,
    problem: true,
    weight: "quiet",
  },
  up: {
    shape: "circle",
    tone: "up",
    order: 5,
    severity: 0,
    height: 6,
    problem: false,
    weight: "quiet",
  },
  maintenance: {
    shape: "wrench",
    tone: "maintenance",
    order: 6,
    severity: null,
    height: 6,
    problem: false,
    weight: "plain",
  },
  paused: {
    shape: "bars",
    tone: "paused",
    order: 7,
    severity: null,
    height: 3,
    problem: false,
    weight: "quiet",
  },
};

export const isBuiltIn = (status: string): status is BuiltInStatus => Object.hasOwn(looks, status);

/** How a status looks; one that this page does not know yet looks like `unknown` and keeps its own word. */
export const look = (status: string): StatusLook => (isBuiltIn(status) ? looks[status] : looks.unknown);

export const isProblem = (status: string) => look(status).problem;

/** Worst first. */
export const byWorst = (a: string, b: string) => look(a).order - look(b).order;

export const worseOf = (a: string, b: string) => (byWorst(a, b) <= 0 ? a : b);
