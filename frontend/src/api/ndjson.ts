import { eachLine } from "./lines";

/** Calls `use` with each line of a body of newline-delimited JSON, as it arrives. */
export const readLines = <T>(body: ReadableStream<Uint8Array>, use: (line: T) => void): Promise<void> =>
  eachLine(body, (line) => {
    if (line.trim()) use(JSON.parse(line) as T);
  });
