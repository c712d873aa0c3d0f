import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/statuspages";
import { useState } from "react";
import type { StatusPageView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { changeStatusPage, createStatusPage, statusPagesKey } from "../../api/statusPages";
import { CommandDialog } from "../../live/CommandDialog";
import { NodePicker } from "../../live/NodePicker";
import { allNodes } from "../../live/places";
import { Button } from "../../ui/Button";
import { LineField } from "../../ui/LineField";
import { Switch } from "../../ui/Switch";
import "./statuspages.css";

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
    ? t.giveItATitleFirst
    : !/^[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?$/.test(form.slug)
      ? t.sayItsAddressSmallLettersDigits
      : form.entries.length === 0
        ? t.pickANode
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
      title={page ? page.title : t.newStatusPage}
      action={page ? t.save : t.makeThePage}
      wide
      because={missing(form)}
      failed={t.thePageWasNotSaved}
      run={save}
      onDone={() => void client.invalidateQueries({ queryKey: statusPagesKey })}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className="two">
            <LineField
              label={t.title}
              error={faultOf("/title")}
              maxLength={200}
              value={form.title}
              onChange={(title) => set({ title })}
              data-autofocus
            />
            {page ? null : (
              <LineField
                label={t.address}
                help={t.statusAndItStays}
                error={faultOf("/slug")}
                maxLength={60}
                value={form.slug}
                onChange={(slug) => set({ slug: slug.toLowerCase() })}
              />
            )}
          </div>
          <LineField
            label={t.description}
            error={faultOf("/description")}
            value={form.description}
            onChange={(description) => set({ description })}
          />
          <Entries form={form} set={set} error={faultOf("/entries")} />
          <Switch
            label={t.publishedEverybodyMaySeeIt}
            on={form.published}
            onChange={(published) => set({ published })}
          />
        </>
      )}
    </CommandDialog>
  );
}

const movedUp = <T,>(all: readonly T[], index: number) =>
  all.toSpliced(index - 1, 2, ...all.slice(index - 1, index + 1).reverse());

function Entries(props: { form: Form; set: (change: Partial<Form>) => void; error: string | undefined }) {
  const { entries } = props.form;
  const trees = useQuery(treesQuery());
  const nodes = allNodes(trees.data ?? []);
  const add = (nodeId: string) =>
    props.set({ entries: [...entries, { nodeId, label: nodes.get(nodeId)?.name ?? "" }] });
  return (
    <fieldset className="fl">
      <legend className="lb">{t.nodesAsOthersReadThem}</legend>
      {entries.map(({ nodeId, label }, index) => (
        <div key={nodeId} className="page-entry">
          <input
            className="field"
            aria-label={t.labelOf(nodes.get(nodeId)?.name ?? t.aNode)}
            maxLength={200}
            value={label}
            onChange={(event) => props.set({ entries: entries.with(index, { nodeId, label: event.target.value }) })}
          />
          <Button
            small
            look="quiet"
            aria-label={t.moveUp(label)}
            because={index === 0 && t.itIsTheFirst}
            onClick={() => props.set({ entries: movedUp(entries, index) })}
          >
            {t.up}
          </Button>
          <Button
            small
            look="quiet"
            aria-label={t.takeAway(label)}
            onClick={() => props.set({ entries: entries.filter((entry) => entry.nodeId !== nodeId) })}
          >
            {t.remove}
          </Button>
        </div>
      ))}
      <NodePicker
        label={t.addANode}
        value={undefined}
        focus={false}
        onChange={(id) => (id && !entries.some((entry) => entry.nodeId === id) ? add(id) : undefined)}
      />
      {props.error ? <span className="err">{props.error}</span> : null}
    </fieldset>
  );
}
