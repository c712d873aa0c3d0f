import { useQuery } from "@tanstack/react-query";
import type { NodeView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import MoveNodes from "../../live/MoveNodes";
import { allNodes } from "../../live/places";

/** To another parent, to a further one, or out to the top as a hierarchy of its own. */
export default function MoveNodeDialog({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const trees = useQuery(treesQuery());
  const nodes = allNodes(trees.data ?? []);
  return (
    <MoveNodes
      nodes={[{ id: node.id, name: node.name, from: node.parentIds[0] }]}
      parents={node.parentIds.map((id) => ({ value: id, label: nodes.get(id)?.name ?? id }))}
      onClose={onClose}
    />
  );
}
