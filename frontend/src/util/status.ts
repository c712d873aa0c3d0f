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
  /** The colours' name in tokens.css; of a workspace's own status its name. */
  tone: string;
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

/** A workspace's own status, as far as its look goes. */
export interface OwnStatus {
  name: string;
  severity: number | null;
  shape: string;
}

const own = new Map<string, StatusLook>();

/** Makes the workspace's own statuses known; built-in ones keep their look. */
export function defineStatuses(statuses: readonly OwnStatus[]) {
  own.clear();
  for (const status of statuses) if (!isBuiltIn(status.name)) own.set(status.name, ownLook(status));
}

const shapes: readonly string[] = ["circle", "triangle", "square", "octagon", "diamond", "ring", "wrench", "bars"];

/** The API's word for a shape as the sprite calls it. */
export const shapeOf = (word: string): Shape =>
  shapes.includes(word) ? (word as Shape) : word === "hollow-circle" ? "ring" : "circle";

/** Stands behind the built-in status of its severity, and is as tall. */
function ownLook({ name, severity, shape }: OwnStatus): StatusLook {
  const twin = looks[twinOf(severity)];
  return { ...twin, shape: shapeOf(shape), tone: name, order: twin.order + 0.5, severity };
}

function twinOf(severity: number | null): BuiltInStatus {
  if (severity === null) return "maintenance";
  if (severity >= 40) return "down";
  if (severity >= 30) return "critical";
  return severity > 0 ? "degraded" : "up";
}

/** How a status looks; one that this page does not know yet looks like `unknown` and keeps its own word. */
export const look = (status: string): StatusLook =>
  isBuiltIn(status) ? looks[status] : (own.get(status) ?? looks.unknown);

export const isProblem = (status: string) => look(status).problem;

/** Worst first. */
export const byWorst = (a: string, b: string) => look(a).order - look(b).order;

export const worseOf = (a: string, b: string) => (byWorst(a, b) <= 0 ? a : b);
