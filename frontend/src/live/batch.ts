/** What arrives until it is used is one batch: the page is worked out and drawn once for all of it. */
export class Batch<T> {
  private items: T[] = [];
  private cancel: (() => void) | undefined;

  constructor(
    private readonly use: (items: T[]) => void,
    private readonly soon: (go: () => void) => () => void = nextFrame,
  ) {}

  add(item: T) {
    this.items.push(item);
    this.cancel ??= this.soon(() => this.flush());
  }

  flush() {
    this.drop();
    const items = this.items;
    this.items = [];
    if (items.length > 0) this.use(items);
  }

  /** Gives up what waits. */
  drop() {
    this.cancel?.();
    this.cancel = undefined;
  }
}

/** How long a batch waits where nobody looks: a hidden page gets no frames. */
const hiddenMs = 500;

/** At the next frame; a page that is hidden has none. */
export function nextFrame(go: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(go, hiddenMs);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(go);
  // A page may be hidden before its next frame comes.
  const timer = setTimeout(go, hiddenMs);
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** How long what arrived waits at most for the page to have nothing better to do. */
const busyMs = 100;

/** Between frames, where the page has nothing else to do: what scrolls or is typed goes first. */
export function nextPause(go: () => void): () => void {
  if (document.hidden || !("requestIdleCallback" in window)) return nextFrame(go);
  const idle = requestIdleCallback(go, { timeout: busyMs });
  return () => cancelIdleCallback(idle);
}

/**
 * At the next frame, but never sooner than a pause after the last time: a burst that arrives over many frames is worked out a few times,
 * not for each of them, while one change alone is seen at once.
 */
export function paced(pauseMs: number, soon = nextFrame, now = () => performance.now()) {
  let last = Number.NEGATIVE_INFINITY;
  return (go: () => void): (() => void) => {
    const run = () => {
      last = now();
      go();
    };
    const waitMs = last + pauseMs - now();
    if (waitMs <= 0) return soon(run);
    let cancel = () => clearTimeout(timer);
    const timer = setTimeout(() => {
      cancel = soon(run);
    }, waitMs);
    return () => cancel();
  };
}

/** At once, and again after a pause where it was asked for meanwhile: a burst of questions is answered twice. */
export function twice(go: () => void, pauseMs: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const run = () => {
    again = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (again) run();
    }, pauseMs);
    go();
  };
  return () => {
    if (timer === undefined) run();
    else again = true;
  };
}
