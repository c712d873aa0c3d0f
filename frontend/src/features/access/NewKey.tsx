import { t } from "@texts/access";
import { useState } from "react";
import { accessKeys, addKey } from "../../api/access";
import type { KeyMade } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Picks } from "./Picks";
import { useAgain } from "./useAgain";

const scopes = [
  { value: "ingest", label: t.report },
  { value: "read", label: t.read },
  { value: "write", label: t.change },
  { value: "admin", label: t.everything },
];

const lives = [
  { value: "", label: t.untilItIsRevoked },
  { value: "30", label: t.for30Days },
  { value: "90", label: t.for90Days },
  { value: "365", label: t.forAYear },
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
      title={t.newKey}
      action={t.makeTheKey}
      because={!name.trim() ? t.giveItANameFirst : chosen.length === 0 && t.chooseWhatItMayDo}
      failed={t.itWasNotMade}
      run={run}
      onDone={onMade}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            help={t.theScriptOrSystemThatWillHaveIt}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <Picks legend={t.itMay} options={scopes} chosen={chosen} onChange={choose} />
          {reportsOnly ? (
            <LineField
              label={t.onlyOnSourcesThatBeginWith}
              help={t.suchAsBackupEmptyForAny}
              error={faultOf("/sourcePrefix")}
              maxLength={200}
              spellCheck={false}
              value={prefix}
              onChange={setPrefix}
            />
          ) : null}
          <PickField label={t.itWorks} error={faultOf("/expiresAt")} value={days} options={lives} onChange={setDays} />
        </>
      )}
    </CommandDialog>
  );
}
