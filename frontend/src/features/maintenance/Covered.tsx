import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/maintenance";
import { useMemo } from "react";
import { treesQuery } from "../../api/queries";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/places";
import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import type { WindowForm } from "./windowForm";

/** The nodes that a window covers. */
export function Covered(props: { form: WindowForm; fault: string | undefined; onChange: (ids: string[]) => void }) {
  const { form, fault, onChange } = props;
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  return (
    <fieldset className="fl">
      <legend className="lb">{t.coversTheseNodesAndAllBelowThem}</legend>
      {form.nodeIds.length > 0 ? (
        <ul className="covered">
          {form.nodeIds.map((id) => (
            <li key={id}>
              <StatusShape name={nodes.get(id)?.status ?? "unknown"} size="md" />
              {nodes.get(id)?.name ?? t.aNode}
              <Button
                small
                look="quiet"
                aria-label={t.doNotCover(nodes.get(id)?.name ?? t.it)}
                onClick={() => onChange(form.nodeIds.filter((known) => known !== id))}
              >
                <Icon name="cross" small />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <NodePicker
        label={t.nodesToCover}
        value={undefined}
        focus={false}
        onChange={(id) => id && onChange([...form.nodeIds, id])}
        refuse={(node, above) =>
          form.nodeIds.includes(node.id)
            ? t.itIsCoveredAlready
            : above.some((id) => form.nodeIds.includes(id))
              ? t.itIsCoveredByANodeAboveIt
              : undefined
        }
      />
      {fault ? <span className="err">{fault}</span> : null}
    </fieldset>
  );
}
