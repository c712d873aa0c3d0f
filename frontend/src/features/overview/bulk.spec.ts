import { expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { retagged } from "./bulk";

const node = { tags: ["eu", "db"] } as unknown as TreeNode;

it("tags are added and taken away, and nothing is sent where they are so already", () => {
  expect(retagged(node, ["new", "eu"], ["db"])).toEqual(["eu", "new"]);
  expect(retagged(node, ["eu"], ["us"])).toBeUndefined();
});
