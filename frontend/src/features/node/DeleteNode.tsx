import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { deleteNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Confirm } from "../../ui/Confirm";
import { paths } from "../../util/paths";

export default function DeleteNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const parent = node.path.at(-2);
  const remove = async () => {
    await deleteNode(node.id);
    await navigate({ to: parent ? paths.node(parent.id) : paths.overview() });
    applyStructure(client);
  };
  return (
    <Confirm title={`Delete ${node.name}?`} action="Delete" onClose={onClose} onConfirm={remove} explain={explainError}>
      <p>
        The node leaves {parent ? parent.name : "the overview"} with its rules.
        {node.checkId ? " Its check and everything that was observed stay." : ""} History remains in the log.
      </p>
    </Confirm>
  );
}
