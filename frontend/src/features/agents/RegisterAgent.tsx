import { t } from "@texts/agents";
import { useState } from "react";
import { registerAgent } from "../../api/agents";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { KeyDialog } from "./KeyDialog";
import { useAgentsAgain } from "./useAgentsAgain";

/** A name and a place; then the key, which is shown this once. */
export default function RegisterAgent({ onClose }: { onClose: () => void }) {
  const again = useAgentsAgain();
  const [name, setName] = useState("");
  const [location, setLocation] = useState("");
  const [made, setMade] = useState<{ name: string; key: string }>();
  if (made)
    return (
      <KeyDialog title={t.isRegistered(made.name)} agentKey={made.key} onClose={onClose}>
        {t.itIsLiveAsSoonAsItHasComeForThe}
      </KeyDialog>
    );
  return (
    <CommandDialog
      title={t.registerAnAgent}
      action={t.registerIt}
      because={!name.trim() && t.giveItANameFirst}
      failed={t.itWasNotRegistered}
      run={async () => {
        const answer = await registerAgent({
          name: name.trim(),
          ...(location.trim() ? { location: location.trim() } : {}),
        });
        again();
        setMade(answer);
      }}
      // Once it is registered, the dialog goes on with the key.
      onClose={() => undefined}
      onCancel={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            help={t.whatPeopleCallItTheNameOfIts}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label={t.location}
            help={t.checksNameTheLocationsThatThey}
            error={faultOf("/location")}
            placeholder={t.default}
            maxLength={60}
            spellCheck={false}
            value={location}
            onChange={setLocation}
          />
        </>
      )}
    </CommandDialog>
  );
}
