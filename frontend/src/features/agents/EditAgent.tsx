import { useState } from "react";
import { changeAgent } from "../../api/agents";
import type { AgentView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { useAgentsAgain } from "./useAgentsAgain";

export default function EditAgent({ agent, onClose }: { agent: AgentView; onClose: () => void }) {
  const again = useAgentsAgain();
  const [name, setName] = useState(agent.name);
  const [location, setLocation] = useState(agent.location);
  return (
    <CommandDialog
      title={`Rename or move ${agent.name}`}
      action="Save"
      because={!name.trim() ? "An agent needs a name" : !location.trim() && "An agent stands somewhere"}
      failed="Nothing was changed."
      run={() => changeAgent(agent.id, { name: name.trim(), location: location.trim() })}
      onDone={again}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label="Name"
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label="Location"
            help="In another location it runs the checks of that one, within seconds."
            error={faultOf("/location")}
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
