import { expect, it } from "vitest";
import type { ObservationView } from "../api/model";
import { codeOrValue } from "./outcome";

const seen = (part: Partial<ObservationView>) =>
  ({ statusCode: null, cause: null, value: null, latency: null, ...part }) as ObservationView;
const latency = { resolve: null, connect: null, tls: null, firstByte: null, transfer: null, total: 0.8 };

it("a probe shows its code, one without an answer its cause, a report its value", () => {
  expect(codeOrValue(seen({ statusCode: 503, cause: "status_code", latency }))).toBe("503");
  expect(codeOrValue(seen({ cause: "refused", value: 0.787, latency }))).toBe("refused");
  expect(codeOrValue(seen({ value: 1914 }))).toBe("1,914");
});
