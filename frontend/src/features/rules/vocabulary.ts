/** What a node's rules can speak of. */
export interface Vocabulary {
  leaf: boolean;
  checkKind: string | null;
  /** Statuses that compare, worst first. */
  statuses: readonly string[];
  childNames: readonly string[];
}
