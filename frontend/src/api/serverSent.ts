import { eachLine } from "./lines";

/** A Server-Sent Event. */
export interface ServerSent {
  type: string;
  /** The last id that was told, by this event or one before. */
  id: string;
  data: string;
}

/**
 * Reads Server-Sent Events as they arrive. The browser's own reader makes an object and a turn of its loop of each, which for hundreds that
 * arrive at once takes longer than a frame; here they are one turn.
 */
export function readServerSent(body: ReadableStream<Uint8Array>, use: (event: ServerSent) => void): Promise<void> {
  let id = "";
  let type = "";
  let data: string[] = [];
  return eachLine(body, (line) => {
    if (line === "") {
      if (data.length > 0) use({ type: type || "message", id, data: data.join("\n") });
      type = "";
      data = [];
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") type = value;
    else if (field === "id") id = value;
  });
}
