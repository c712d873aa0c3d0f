import { useElementSize } from "@mantine/hooks";

/** A tile that can be read at five metres: letters of 28 px on a wall of 1080 lines. */
const [tileWidth, tileHeight, gap] = [300, 116, 12];

/** Few tiles grow into the room that there is, up to this. */
const largest = 2;

/** Columns for some tiles, and how much larger than they must be they can be drawn. */
export function spread(tiles: number, width: number, height: number): { columns: number; scale: number } {
  const scaleOf = (columns: number) => {
    const rows = Math.ceil(tiles / columns);
    const [wide, high] = [(width + gap) / columns - gap, (height + gap) / rows - gap];
    return Math.min(largest, wide / tileWidth, high / tileHeight);
  };
  const possible = Array.from({ length: Math.max(1, Math.floor((width + gap) / (tileWidth + gap))) }, (_, i) => i + 1);
  const columns = possible.reduce((best, n) => (scaleOf(n) > scaleOf(best) ? n : best));
  return { columns, scale: Math.max(1, scaleOf(columns)) };
}

/** How many tiles fit where they stand. */
export function useRoom() {
  const { ref, width, height } = useElementSize();
  const columns = Math.max(1, Math.floor((width + gap) / (tileWidth + gap)));
  const rows = Math.max(1, Math.floor((height + gap) / (tileHeight + gap)));
  return { ref, width, height, room: width > 0 ? columns * rows : 0 };
}
