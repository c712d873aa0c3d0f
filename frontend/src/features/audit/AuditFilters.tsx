import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { auditLines } from "../../api/audit";
import { explainError } from "../../api/problem";
import { nodeQuery } from "../../api/queries";
import { NodePicker } from "../../live/NodePicker";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { Notice } from "../../ui/Notice";
import { Select } from "../../ui/Select";
import { TimeField } from "../../ui/TimeField";
import type { AuditAddress, ChangeAddress } from "./useAuditFilter";
import { changeTypes, eventWord } from "./words";

interface Props {
  address: AuditAddress;
  set: ChangeAddress;
}

export function AuditFilters({ address, set }: Props) {
  const [picking, pick] = useState(false);
  return (
    <>
      <div className="audit-filters" role="search" aria-label="Filter the audit">
        <Button onClick={() => pick(true)}>
          <span className="t3">Node</span> <NodeName id={address.node} />
        </Button>
        {address.node ? (
          <Button look="quiet" onClick={() => set({ node: undefined })}>
            Any node
          </Button>
        ) : null}
        <Select
          label="What was changed"
          value={address.types ?? ""}
          options={[
            { value: "", label: "any change" },
            ...changeTypes.map((value) => ({ value, label: eventWord(value) })),
          ]}
          onChange={(types) => set({ types: types || undefined })}
        />
        <Person person={address.person ?? ""} onChange={(person) => set({ person: person || undefined })} />
        <TimeField label="From" value={address.from} onChange={(from) => set({ from })} />
        <TimeField label="To" value={address.to} onChange={(to) => set({ to })} />
        <Download address={address} />
      </div>
      {picking ? (
        <Dialog title="The audit of one node" onClose={() => pick(false)}>
          <NodePicker
            label="Node"
            value={address.node}
            onChange={(id) => {
              set({ node: id ?? undefined });
              pick(false);
            }}
          />
        </Dialog>
      ) : null}
    </>
  );
}

function NodeName({ id }: { id: string | undefined }) {
  const node = useQuery({ ...nodeQuery(id ?? ""), enabled: id !== undefined });
  return <span className="ell">{id ? (node.data?.name ?? "a deleted node") : "any"}</span>;
}

/** Asked for when it is whole: a name is matched to the letter. */
function Person({ person, onChange }: { person: string; onChange: (person: string) => void }) {
  const [text, setText] = useState(person);
  const done = () => text.trim() !== person && onChange(text.trim());
  return (
    <input
      className="field person"
      aria-label="Who"
      placeholder="anyone"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === "Enter" && done()}
    />
  );
}

/** All that match, not only what is on the screen. */
function Download({ address: { event: _, ...filter } }: { address: AuditAddress }) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>();
  const save = async () => {
    setBusy(true);
    setFault(undefined);
    try {
      keep(await auditLines(filter), "audit.ndjson");
    } catch (error) {
      setFault(error);
    }
    setBusy(false);
  };
  return (
    <>
      <Button className="end" busy={busy} title="All that match, as CloudEvents, a line each" onClick={save}>
        NDJSON
      </Button>
      {fault ? <Notice title="The file was not made.">{explainError(fault)}</Notice> : null}
    </>
  );
}

function keep(content: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
