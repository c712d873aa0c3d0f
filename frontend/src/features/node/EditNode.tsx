import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { changeNode } from "../../api/commands";
import type { NodeView } from "../../api/model";
import { explainError, fieldError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { splitTags } from "../../util/tags";
import { isoDuration, parseDuration, readDuration, shortDuration } from "../../util/time";

export default function EditNode({ node, onClose }: { node: NodeView; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(node.name);
  const [tags, setTags] = useState(node.tags.join(", "));
  const [staleness, setStaleness] = useState(shown(node.staleness));
  const [service, setService] = useState(node.servicePeriod?.schedule ?? "");
  const [zone, setZone] = useState(node.servicePeriod?.timeZone ?? "");
  const span = staleness.trim() ? readDuration(staleness) : undefined;
  const badSpan = staleness.trim() !== "" && span === undefined;
  const save = useMutation({
    mutationFn: () =>
      changeNode(node.id, {
        name: name.trim(),
        tags: splitTags(tags),
        ...(service.trim() !== (node.servicePeriod?.schedule ?? "") ||
        zone.trim() !== (node.servicePeriod?.timeZone ?? "")
          ? { servicePeriod: service.trim() ? { schedule: service.trim(), timeZone: zone.trim() || null } : null }
          : {}),
        ...(span !== undefined && staleness !== shown(node.staleness) ? { staleness: isoDuration(span) } : {}),
      }),
    onSuccess: () => {
      applyStructure(client);
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && !badSpan) save.mutate();
  };
  return (
    <Dialog title={`Rename and tag ${node.name}`} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <Field label="Name" error={fieldError(save.error, "/name")}>
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              maxLength={200}
              value={name}
              data-autofocus
              onChange={(e) => setName(e.target.value)}
            />
          )}
        </Field>
        <Field label="Tags" error={fieldError(save.error, "/tags")} help="Words apart by commas.">
          {(wiring) => <input {...wiring} className="field" value={tags} onChange={(e) => setTags(e.target.value)} />}
        </Field>
        {node.checkId ? (
          <Field
            label="Expires after"
            error={badSpan ? "A duration such as 30m or 1h30m." : fieldError(save.error, "/staleness")}
            help="How old the last observation may be. 30 minutes or three intervals where empty."
          >
            {(wiring) => (
              <input
                {...wiring}
                className="field"
                placeholder="30m"
                value={staleness}
                onChange={(e) => setStaleness(e.target.value)}
              />
            )}
          </Field>
        ) : null}
        <div className="two">
          <Field
            label="Meant to be there"
            error={fieldError(save.error, "/servicePeriod/schedule")}
            help="A timetable; always where empty."
          >
            {(wiring) => (
              <input
                {...wiring}
                className="field"
                placeholder="mon-fri 08:00-18:00"
                value={service}
                onChange={(e) => setService(e.target.value)}
              />
            )}
          </Field>
          <Field label="In the time zone" error={fieldError(save.error, "/servicePeriod/timeZone")}>
            {(wiring) => (
              <input
                {...wiring}
                className="field"
                placeholder="UTC"
                value={zone}
                onChange={(e) => setZone(e.target.value)}
              />
            )}
          </Field>
        </div>
        {save.isError ? (
          <p className="err" role="alert">
            Nothing was changed. {explainError(save.error)}
          </p>
        ) : null}
        <div className="dlg-acts">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            type="submit"
            busy={save.isPending}
            because={name.trim() ? undefined : "A node needs a name"}
          >
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

const shown = (iso: string | null | undefined) => {
  const ms = iso ? parseDuration(iso) : undefined;
  return ms === undefined ? "" : shortDuration(ms);
};
