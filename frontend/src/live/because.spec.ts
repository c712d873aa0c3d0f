import { describe, expect, it } from "vitest";
import { because } from "./because";

describe("because", () => {
  it("leaves out the name and the status that stand beside it", () => {
    expect(because("Ledger API is down because the probe failed: The target refused it.", "Ledger API")).toBe(
      "The probe failed: The target refused it.",
    );
  });

  it("writes fields as they are called", () => {
    expect(because("Card is critical because statusCode is 503.", "Card")).toBe("statusCode is 503.");
    expect(because("Card is degraded because latency.total is 2 s.", "Card")).toBe("latency.total is 2 s.");
  });

  it("keeps what is told of another node, or in another way", () => {
    expect(because("Shop is down because Card is down.", "Card")).toBe("Shop is down because Card is down.");
    expect(because("Card is in maintenance until 12:00 because it is moved.", "Card")).toBe(
      "Card is in maintenance until 12:00 because it is moved.",
    );
  });

  it("takes a name with the word in it", () => {
    expect(because("Down because is down because value is 1.", "Down because")).toBe("Value is 1.");
  });
});
