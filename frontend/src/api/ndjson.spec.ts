import { expect, it } from "vitest";
import { readLines } from "./ndjson";

it("lines are read whole, wherever the network cut them", async () => {
  const bytes = new TextEncoder().encode('{"share":0.5}\n{"name":"Grün"}\n\n{"share":1}');
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let i = 0; i < bytes.length; i += 3) controller.enqueue(bytes.slice(i, i + 3));
      controller.close();
    },
  });
  const seen: unknown[] = [];
  await readLines(body, (line) => seen.push(line));
  expect(seen).toEqual([{ share: 0.5 }, { name: "Grün" }, { share: 1 }]);
});
