import { expect, it } from "vitest";
import { readServerSent, type ServerSent } from "./serverSent";

async function read(text: string, cut: number): Promise<ServerSent[]> {
  const bytes = new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let i = 0; i < bytes.length; i += cut) controller.enqueue(bytes.slice(i, i + cut));
      controller.close();
    },
  });
  const seen: ServerSent[] = [];
  await readServerSent(body, (event) => seen.push(event));
  return seen;
}

it("events are read whole, wherever the network cut them", async () => {
  const text = 'id: 7\nevent: transition\ndata: {"name":"Grün"}\n\n: a word for the line\n\ndata: one\ndata: two\n\n';
  const whole = [
    { type: "transition", id: "7", data: '{"name":"Grün"}' },
    { type: "message", id: "7", data: "one\ntwo" },
  ];
  for (const cut of [1, 3, 7, 1000]) expect(await read(text, cut)).toEqual(whole);
});

it("an event that was cut off is none", async () => {
  expect(await read("id: 1\ndata: whole\n\nid: 2\ndata: ha", 5)).toEqual([{ type: "message", id: "1", data: "whole" }]);
});
