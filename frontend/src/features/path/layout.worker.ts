import { place } from "./layout";
import type { Asked } from "./shape";

// A layout of hundreds of nodes takes longer than a frame: the page stays quick meanwhile.
self.onmessage = ({ data }: MessageEvent<{ turn: number; graph: Asked }>) =>
  self.postMessage({ turn: data.turn, placed: place(data.graph) });
