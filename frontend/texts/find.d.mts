import type { Node, SourceFile } from "typescript";

export function findTexts(file: SourceFile): { kind: "run" | "literal"; node: Node; text: string }[];
export function isSource(path: string): boolean;
