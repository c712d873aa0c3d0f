/** Calls `use` with each line of a body as it arrives; those that arrive at once are used in one go. */
export async function eachLine(body: ReadableStream<Uint8Array>, use: (line: string) => void): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) use(line);
    if (done) break;
  }
  if (rest) use(rest);
}
