import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/node";
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
    <Confirm title={t.delete(node.name)} action={t.delete2} onClose={onClose} onConfirm={remove} explain={explainError}>
      <p>
        {t.theNodeLeavesWithItsRulesHistory(
          parent ? parent.name : t.theOverview,
          node.checkId ? t.itsCheckAndEverythingThatWas : "",
        )}
      </p>
    </Confirm>
  );
}
