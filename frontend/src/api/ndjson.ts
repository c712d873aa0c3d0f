/** Calls `use` with each line of a body of newline-delimited JSON, as it arrives. */
export async function readLines<T>(body: ReadableStream<Uint8Array>, use: (line: T) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim()) use(JSON.parse(line) as T);
    if (done) break;
  }
  if (rest.trim()) use(JSON.parse(rest) as T);
}
