import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { useState } from "react";
import { treesQuery } from "../../api/queries";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/places";
import { Button } from "../../ui/Button";

/** The nodes that it is told of, each with all below it; every node where none is picked. */
export function NodePicks(props: {
  picked: readonly string[];
  onPick: (ids: string[]) => void;
  error: string | undefined;
}) {
  const [open, setOpen] = useState(false);
  const trees = useQuery(treesQuery());
  const nodes = allNodes(trees.data ?? []);
  const nameOf = (id: string) => nodes.get(id)?.name ?? t.aDeletedNode;
  return (
    <fieldset className="fl">
      <legend className="lb">{t.of}</legend>
      <div className="row wraps">
        {props.picked.length === 0 ? <span className="t2">{t.allNodes}</span> : null}
        {props.picked.map((id) => (
          <Button
            key={id}
            small
            aria-label={t.takeAway(nameOf(id))}
            onClick={() => props.onPick(props.picked.filter((one) => one !== id))}
          >
            {nameOf(id)} ×
          </Button>
        ))}
        <Button small look="quiet" onClick={() => setOpen(!open)} aria-expanded={open}>
          {open ? t.done : t.onlySome}
        </Button>
      </div>
      {open ? (
        <NodePicker
          label={t.nodesWithAllBelowThem}
          value={undefined}
          focus={false}
          onChange={(id) => (id && !props.picked.includes(id) ? props.onPick([...props.picked, id]) : undefined)}
        />
      ) : null}
      {props.error ? <span className="err">{props.error}</span> : null}
    </fieldset>
  );
}
