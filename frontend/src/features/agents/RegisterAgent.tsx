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
      <KeyDialog title={`${made.name} is registered`} agentKey={made.key} onClose={onClose}>
        It is live as soon as it has come for the first time.
      </KeyDialog>
    );
  return (
    <CommandDialog
      title="Register an agent"
      action="Register it"
      because={!name.trim() && "Give it a name first"}
      failed="It was not registered."
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
            label="Name"
            help="What people call it; the name of its machine is a good one."
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label="Location"
            help="Checks name the locations that they run from. default where empty."
            error={faultOf("/location")}
            placeholder="default"
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
