import { useState } from "react";
import { accessKeys, addKey } from "../../api/access";
import type { KeyMade } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Picks } from "./Picks";
import { useAgain } from "./useAgain";

const scopes = [
  { value: "ingest", label: "report" },
  { value: "read", label: "read" },
  { value: "write", label: "change" },
  { value: "admin", label: "everything" },
];

const lives = [
  { value: "", label: "until it is revoked" },
  { value: "30", label: "for 30 days" },
  { value: "90", label: "for 90 days" },
  { value: "365", label: "for a year" },
];

const dayMs = 86_400_000;

/** A name and what it may do; then the key itself, which is shown this once. */
export default function NewKey({ onMade, onClose }: { onMade: (made: KeyMade) => void; onClose: () => void }) {
  const again = useAgain();
  const [name, setName] = useState("");
  const [chosen, choose] = useState<string[]>(["ingest"]);
  const [prefix, setPrefix] = useState("");
  const [days, setDays] = useState("");
  const reportsOnly = chosen.length === 1 && chosen[0] === "ingest";
  const run = async () => {
    const made = await addKey({
      name: name.trim(),
      scopes: chosen,
      ...(reportsOnly && prefix.trim() ? { sourcePrefix: prefix.trim() } : {}),
      ...(days ? { expiresAt: new Date(Date.now() + Number(days) * dayMs).toISOString() } : {}),
    });
    await again(accessKeys.keys);
    return made;
  };
  return (
    <CommandDialog
      title="New key"
      action="Make the key"
      because={!name.trim() ? "Give it a name first" : chosen.length === 0 && "Choose what it may do"}
      failed="It was not made."
      run={run}
      onDone={onMade}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Name"
            help="The script or system that will have it."
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <Picks legend="It may" options={scopes} chosen={chosen} onChange={choose} />
          {reportsOnly ? (
            <LineField
              label="Only on sources that begin with"
              help="Such as backup/; empty for any."
              error={faultOf("/sourcePrefix")}
              maxLength={200}
              spellCheck={false}
              value={prefix}
              onChange={setPrefix}
            />
          ) : null}
          <PickField label="It works" error={faultOf("/expiresAt")} value={days} options={lives} onChange={setDays} />
        </>
      )}
    </CommandDialog>
  );
}
