import { useEffect, useMemo, useRef, useState } from "react";
import type { CauseEdge, CauseNode } from "../../api/model";
import { askedOf, type Placed } from "./shape";

/** Where everything stands; undefined until it is worked out. What is drawn stays until the next layout has come. */
export function useLayout(
  { nodes, edges }: { nodes: readonly CauseNode[]; edges: readonly CauseEdge[] },
  upright: boolean,
): Placed | undefined {
  const [placed, setPlaced] = useState<Placed>();
  const worker = useRef<Worker>(undefined);
  const turn = useRef(0);
  useEffect(() => {
    const mine = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    mine.onmessage = ({ data }: MessageEvent<{ turn: number; placed: Placed }>) => {
      if (data.turn === turn.current) setPlaced(data.placed);
    };
    worker.current = mine;
    return () => mine.terminate();
  }, []);
  // The shape alone: a status that changes moves nothing.
  const shape = useMemo(() => JSON.stringify(askedOf(nodes, edges, upright)), [nodes, edges, upright]);
  useEffect(() => {
    worker.current?.postMessage({ turn: ++turn.current, graph: JSON.parse(shape) });
  }, [shape]);
  return placed;
}
