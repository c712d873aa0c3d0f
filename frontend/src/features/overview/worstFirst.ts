import type { TreeNode } from "../../api/model";
import { nodeAt, type Place, type Places, placesOf } from "../../live/places";
import { isProblem, look } from "../../util/status";

const known = new WeakMap<Places, readonly (readonly Place[])[]>();

/** The leaves of each tree that a filter keeps, each once, worst first and then by name. */
export function worstFirst(trees: readonly TreeNode[], keeps: (node: TreeNode) => boolean): TreeNode[][] {
  const rank = (node: TreeNode) => (isProblem(node.status) ? look(node.status).order : 100);
  return byName(trees).map((places) =>
    places
      .map((place) => nodeAt(trees, place))
      .filter((node) => node !== undefined)
      .filter(keeps)
      .sort((a, b) => rank(a) - rank(b)),
  );
}

/** Where the leaves of each tree stand, in the order of their names: worked out once for as long as nothing moves. */
function byName(trees: readonly TreeNode[]): readonly (readonly Place[])[] {
  const moves = placesOf(trees);
  const found = known.get(moves) ?? trees.map((tree, at) => leavesByName(tree, { above: undefined, at }));
  known.set(moves, found);
  return found;
}

function leavesByName(tree: TreeNode, top: Place): Place[] {
  const leaves = new Map<string, { name: string; place: Place }>();
  const visit = (node: TreeNode, place: Place) => {
    if (node.children.length === 0) leaves.set(node.id, { name: node.name, place });
    node.children.forEach((child, at) => {
      visit(child, { above: place, at });
    });
  };
  visit(tree, top);
  return [...leaves.values()].sort((a, b) => a.name.localeCompare(b.name)).map(({ place }) => place);
}
