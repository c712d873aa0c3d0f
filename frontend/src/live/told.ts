import { useSyncExternalStore } from "react";

/** A value that is told on: who asked for it is drawn again when it changes, and nothing between. */
export class Told<T> {
  private readonly listeners = new Set<() => void>();

  constructor(private value: T) {}

  readonly get = () => this.value;

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  set(change: (known: T) => T) {
    const next = change(this.value);
    if (next === this.value) return;
    this.value = next;
    for (const listener of this.listeners) listener();
  }
}

export const useTold = <T>(told: Told<T>): T => useSyncExternalStore(told.subscribe, told.get);
