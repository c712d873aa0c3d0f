// What a trace of Chromium says of the page's main thread.

const frame = 1_000_000 / 60;

/** Only whole tasks are traced: to trace what they are made of takes some of the time that is measured. */
export const categories = ["toplevel", "__metadata"];
const task = "ThreadControllerImpl::RunTask";

/**
 * Milliseconds of processor time that the main thread took in each frame of 16.7 ms, from its first task to its last. Processor time, so
 * that what else runs on the machine does not count.
 */
export function workPerFrame(events) {
  const tasks = mainThread(events);
  if (tasks.length === 0) throw new Error("the trace holds no task of a page");
  const start = Math.min(...tasks.map((task) => task.ts));
  const end = Math.max(...tasks.map((task) => task.ts));
  const work = new Array(Math.floor((end - start) / frame) + 1).fill(0);
  // A task belongs to the frame in which it began: what takes longer than a frame is seen as such.
  for (const { ts, dur, tdur = dur } of tasks) work[Math.floor((ts - start) / frame)] += tdur / 1000;
  return work;
}

/** Of each so many frames the one with most work. */
export function heaviest(work, frames) {
  const parts = Array.from({ length: Math.floor(work.length / frames) }, (_, i) => work.slice(i * frames, (i + 1) * frames));
  return parts.map((part) => Math.max(...part));
}

/** The tasks of the renderer that had most to do: that of the page. */
function mainThread(events) {
  const threads = new Map();
  for (const event of events)
    if (event.name === "thread_name" && event.args?.name === "CrRendererMain")
      threads.set(`${event.pid}/${event.tid}`, []);
  for (const event of events)
    if (event.name === task && event.ph === "X") threads.get(`${event.pid}/${event.tid}`)?.push(event);
  const busy = (tasks) => tasks.reduce((sum, { dur }) => sum + dur, 0);
  return [...threads.values()].sort((a, b) => busy(b) - busy(a))[0] ?? [];
}

export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
}
