import { useElementSize } from "@mantine/hooks";

/** A tile that can be read at five metres: letters of 28 px on a wall of 1080 lines. */
const [tileWidth, tileHeight, gap] = [300, 116, 12];

/** How many tiles fit where they stand. */
export function useRoom() {
  const { ref, width, height } = useElementSize();
  const columns = Math.max(1, Math.floor((width + gap) / (tileWidth + gap)));
  const rows = Math.max(1, Math.floor((height + gap) / (tileHeight + gap)));
  return { ref, room: width > 0 ? columns * rows : 0 };
}
