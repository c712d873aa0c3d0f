import { t } from "@texts/node";
import { useState } from "react";
import { changeNode } from "../../api/commands";
import type { ChangeNode, NodeView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { splitTags } from "../../util/tags";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

const formOf = (node: NodeView) => ({
  name: node.name,
  tags: node.tags.join(", "),
  staleness: shown(node.staleness),
  service: node.servicePeriod?.schedule ?? "",
  zone: node.servicePeriod?.timeZone ?? "",
});
type Form = ReturnType<typeof formOf>;

const shown = (iso: string | null | undefined) => {
  const ms = iso ? parseDuration(iso) : undefined;
  return ms === undefined ? "" : shortDuration(ms);
};

/** What differs, as the API takes it. */
function changeOf(form: Form, before: Form): ChangeNode {
  const [service, zone] = [form.service.trim(), form.zone.trim()];
  const period = service !== before.service || zone !== before.zone;
  const span = form.staleness === before.staleness ? undefined : readDuration(form.staleness);
  return {
    name: form.name.trim(),
    tags: splitTags(form.tags),
    ...(period ? { servicePeriod: service ? { schedule: service, timeZone: zone || null } : null } : {}),
    ...(span === undefined ? {} : { staleness: isoDuration(span) }),
  };
}

export default function EditNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const [form, setForm] = useState(() => formOf(node));
  const set = (field: keyof Form) => (value: string) => setForm((known) => ({ ...known, [field]: value }));
  const badSpan = form.staleness.trim() !== "" && readDuration(form.staleness) === undefined;
  return (
    <CommandDialog
      title={t.renameAndTag(node.name)}
      action={t.save}
      because={!form.name.trim() ? t.aNodeNeedsAName : badSpan && t.expiresAfterIsNotADuration}
      failed={t.nothingWasChanged}
      run={() => changeNode(node.id, changeOf(form, formOf(node)))}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            error={faultOf("/name")}
            maxLength={200}
            value={form.name}
            onChange={set("name")}
            data-autofocus
          />
          <LineField
            label={t.tags}
            help={t.wordsApartByCommas}
            error={faultOf("/tags")}
            value={form.tags}
            onChange={set("tags")}
          />
          {node.checkId ? (
            <LineField
              label={t.expiresAfter}
              help={t.howOldTheLastObservationMayBe30}
              error={badSpan ? t.aDurationSuchAs30mOr1h30m : faultOf("/staleness")}
              placeholder="30m"
              value={form.staleness}
              onChange={set("staleness")}
            />
          ) : null}
          <div className="two">
            <LineField
              label={t.meantToBeThere}
              help={t.aTimetableAlwaysWhereEmpty}
              error={faultOf("/servicePeriod/schedule")}
              placeholder="mon-fri 08:00-18:00"
              value={form.service}
              onChange={set("service")}
            />
            <LineField
              label={t.inTheTimeZone}
              error={faultOf("/servicePeriod/timeZone")}
              placeholder="UTC"
              value={form.zone}
              onChange={set("zone")}
            />
          </div>
        </>
      )}
    </CommandDialog>
  );
}
