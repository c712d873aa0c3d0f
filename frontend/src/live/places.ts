import type { TreeNode } from "../api/model";

/** Where a node stands: the number of the child, and of whom; at the top it is the number of the tree. */
export interface Place {
  above: Place | undefined;
  at: number;
}

/** The places of every node by its id, parents before children; a node under several parents has several. */
export type Places = ReadonlyMap<string, readonly [Place, ...Place[]]>;

const known = new WeakMap<readonly TreeNode[], Places>();

/** Worked out once for as long as nothing moves: see `keepPlaces`. */
export function placesOf(trees: readonly TreeNode[]): Places {
  const found = known.get(trees) ?? walk(trees);
  known.set(trees, found);
  return found;
}

function walk(trees: readonly TreeNode[]): Places {
  const places = new Map<string, [Place, ...Place[]]>();
  const visit = (nodes: readonly TreeNode[], above: Place | undefined) => {
    nodes.forEach((node, at) => {
      const place = { above, at };
      const others = places.get(node.id);
      if (others) others.push(place);
      else places.set(node.id, [place]);
      if (node.children.length > 0) visit(node.children, place);
    });
  };
  visit(trees, undefined);
  return places;
}

/** Says of trees that everything stands in them where it stood before. */
export function keepPlaces(next: readonly TreeNode[], before: readonly TreeNode[]) {
  known.set(next, placesOf(before));
}

/** Who stands at a place. */
export function nodeAt(trees: readonly TreeNode[], { above, at }: Place): TreeNode | undefined {
  return above ? nodeAt(trees, above)?.children[at] : trees[at];
}

/** Every node, once. */
export interface Nodes {
  readonly size: number;
  get: (id: string) => TreeNode | undefined;
}

/** Every node by its id, although one may stand under several. */
export function allNodes(trees: readonly TreeNode[]): Nodes {
  const places = placesOf(trees);
  return {
    size: places.size,
    get: (id) => {
      const place = places.get(id)?.[0];
      return place && nodeAt(trees, place);
    },
  };
}

/** How many nodes there are, each once. */
export const countNodes = (trees: readonly TreeNode[]): number => placesOf(trees).size;
