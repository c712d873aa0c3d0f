import { useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/node";
import { useState } from "react";
import { addDependency, dependenciesKey } from "../../api/dependencies";
import type { NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";

/** Picks what the node is reached through. A cycle is refused by the server, which names it. */
export default function AddDependency(props: { node: NodeView; known: ReadonlySet<string>; onClose: () => void }) {
  const { node, known, onClose } = props;
  const client = useQueryClient();
  const [target, setTarget] = useState<string | null>();
  return (
    <CommandDialog
      title={t.whatDependsOn(node.name)}
      wide
      action={t.addIt}
      because={!target && t.pickANodeFirst}
      failed={t.nothingWasAdded}
      run={() => addDependency(node.id, target ?? "")}
      onDone={() => void client.invalidateQueries({ queryKey: dependenciesKey(node.id) })}
      onClose={onClose}
    >
      {() => (
        <>
          <p className="t2">{t.whileItIsNotAvailableANewProblem(node.name)}</p>
          <div>
            <NodePicker
              label={t.dependsOn}
              value={target}
              onChange={setTarget}
              refuse={(candidate) =>
                candidate.id === node.id
                  ? t.itCannotDependOnItself
                  : known.has(candidate.id)
                    ? t.itDependsOnItAlready
                    : undefined
              }
            />
          </div>
        </>
      )}
    </CommandDialog>
  );
}
