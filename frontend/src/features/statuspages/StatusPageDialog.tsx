import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { StatusPageView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { changeStatusPage, createStatusPage, statusPagesKey } from "../../api/statusPages";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/tree";
import { Button } from "../../ui/Button";
import { LineField } from "../../ui/LineField";
import { Switch } from "../../ui/Switch";

const formOf = (page: StatusPageView | undefined) => ({
  slug: page?.slug ?? "",
  title: page?.title ?? "",
  description: page?.description ?? "",
  published: page?.published ?? false,
  entries: (page?.entries ?? []).map(({ nodeId, label }) => ({ nodeId, label: label ?? "" })),
});
type Form = ReturnType<typeof formOf>;

const missing = (form: Form) =>
  !form.title.trim()
    ? "Give it a title first"
    : !/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(form.slug)
      ? "Say its address: small letters, digits, hyphens"
      : form.entries.length === 0
        ? "Pick a node"
        : undefined;

/** A new public page, or what one is from now on. */
export default function StatusPageDialog({ page, onClose }: { page?: StatusPageView; onClose: () => void }) {
  const client = useQueryClient();
  const [form, setForm] = useState(() => formOf(page));
  const set = (change: Partial<Form>) => setForm((known) => ({ ...known, ...change }));
  const save = () => {
    const body = { ...form, title: form.title.trim(), description: form.description.trim() || null };
    return page ? changeStatusPage(page.id, body) : createStatusPage(body);
  };
  return (
    <CommandDialog
      title={page ? page.title : "New status page"}
      action={page ? "Save" : "Make the page"}
      wide
      because={missing(form)}
      failed="The page was not saved."
      run={save}
      onDone={() => void client.invalidateQueries({ queryKey: statusPagesKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className="two">
            <LineField
              label="Title"
              error={faultOf("/title")}
              maxLength={200}
              value={form.title}
              onChange={(title) => set({ title })}
              data-autofocus
            />
            {page ? null : (
              <LineField
                label="Address"
                help="/status/..., and it stays."
                error={faultOf("/slug")}
                maxLength={60}
                value={form.slug}
                onChange={(slug) => set({ slug: slug.toLowerCase() })}
              />
            )}
          </div>
          <LineField
            label="Description"
            error={faultOf("/description")}
            value={form.description}
            onChange={(description) => set({ description })}
          />
          <Entries form={form} set={set} error={faultOf("/entries")} />
          <Switch
            label="Published: everybody may see it"
            on={form.published}
            onChange={(published) => set({ published })}
          />
        </>
      )}
    </CommandDialog>
  );
}

function Entries(props: { form: Form; set: (change: Partial<Form>) => void; error: string | undefined }) {
  const { entries } = props.form;
  const trees = useQuery(treesQuery());
  const nodes = allNodes(trees.data ?? []);
  const add = (nodeId: string) =>
    props.set({ entries: [...entries, { nodeId, label: nodes.get(nodeId)?.name ?? "" }] });
  return (
    <fieldset className="fl">
      <legend className="lb">Nodes, as others read them</legend>
      {entries.map(({ nodeId, label }, index) => (
        <div key={nodeId} className="row wraps">
          <input
            className="field"
            aria-label={`Label of ${nodes.get(nodeId)?.name ?? "a node"}`}
            maxLength={200}
            value={label}
            onChange={(event) => props.set({ entries: entries.with(index, { nodeId, label: event.target.value }) })}
          />
          <Button
            small
            look="quiet"
            aria-label={`Take ${label} away`}
            onClick={() => props.set({ entries: entries.filter((entry) => entry.nodeId !== nodeId) })}
          >
            Remove
          </Button>
        </div>
      ))}
      <NodePicker
        label="Add a node"
        value={undefined}
        focus={false}
        onChange={(id) => (id && !entries.some((entry) => entry.nodeId === id) ? add(id) : undefined)}
      />
      {props.error ? <span className="err">{props.error}</span> : null}
    </fieldset>
  );
}
