import { useCallback, useEffect, useMemo, useState } from "react";
import type { RulesView } from "../../api/model";
import { type Content, type Draft, type Published, parseSheet, printSheet, sheetOf } from "./sheet";

interface Kept {
  sheet: string;
  /** The node's version that the draft started from: sent as If-Match. */
  base: number;
  /** The publication that it started from, for words. */
  version: number;
  startedAt: number;
}

export interface DraftState extends Kept {
  draft: Draft;
  /** The sheet in force when the draft started or was rebased. */
  original: string;
  changed: boolean;
  write: (sheet: string) => void;
  /** Changes what it names; the rest stays. */
  edit: (change: (draft: Draft) => Partial<Content>) => void;
  discard: () => void;
  /** It was published: the browser need not keep it. */
  forget: () => void;
  /** Goes on from what is in force now, keeping the draft's own text. */
  rebase: (onto: RulesView) => void;
}

const storageKey = (nodeId: string) => `torch.draft.${nodeId}`;

function load(nodeId: string): Kept | undefined {
  try {
    const text = localStorage.getItem(storageKey(nodeId));
    return text ? (JSON.parse(text) as Kept) : undefined;
  } catch {
    return undefined;
  }
}

/** Makes another version's rules the draft on what is in force; the browser keeps it until it is published. */
export function keepAsDraft(inForce: RulesView, of: Published) {
  const kept: Kept = { ...startFrom(inForce), sheet: sheetOf(of) };
  localStorage.setItem(storageKey(inForce.nodeId), JSON.stringify(kept));
}

const startFrom = (rules: RulesView): Kept => ({
  sheet: sheetOf(rules),
  base: Number(rules.eTag),
  version: Number(rules.version),
  startedAt: Date.now(),
});

/** The draft: one sheet of text that builder and editor both write. This browser keeps it until it is published or discarded. */
export function useDraft(rules: RulesView): DraftState {
  const [original, setOriginal] = useState(() => startFrom(rules));
  const [kept, setKept] = useState(() => load(rules.nodeId) ?? original);
  const changed = kept.sheet !== original.sheet;
  useEffect(() => {
    try {
      if (changed) localStorage.setItem(storageKey(rules.nodeId), JSON.stringify(kept));
      else localStorage.removeItem(storageKey(rules.nodeId));
    } catch {
      // Without storage the draft lasts as long as the page.
    }
  }, [changed, kept, rules.nodeId]);

  // Somebody published meanwhile: without a draft there is nothing to lose, with one the conflict is shown on publishing.
  useEffect(() => {
    if (changed || original.base === Number(rules.eTag)) return;
    const fresh = startFrom(rules);
    setOriginal(fresh);
    setKept(fresh);
  }, [changed, original.base, rules]);

  const draft = useMemo(() => parseSheet(kept.sheet), [kept.sheet]);
  const write = useCallback((sheet: string) => setKept((known) => ({ ...known, sheet })), []);
  const edit = useCallback<DraftState["edit"]>((change) => {
    setKept((known) => {
      const before = parseSheet(known.sheet);
      return { ...known, sheet: printSheet({ ...before, ...change(before) } as Content) };
    });
  }, []);
  const discard = useCallback(() => {
    const fresh = startFrom(rules);
    setOriginal(fresh);
    setKept(fresh);
  }, [rules]);
  const forget = useCallback(() => {
    try {
      localStorage.removeItem(storageKey(rules.nodeId));
    } catch {
      // Nothing was kept then.
    }
  }, [rules.nodeId]);
  const rebase = useCallback((onto: RulesView) => {
    const fresh = startFrom(onto);
    setOriginal(fresh);
    setKept((known) => ({ ...known, base: fresh.base, version: fresh.version }));
  }, []);
  return { ...kept, draft, original: original.sheet, changed, write, edit, discard, forget, rebase };
}
