import { t } from "@texts/agents";
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
      title={t.renameOrMove(agent.name)}
      action={t.save}
      because={!name.trim() ? t.anAgentNeedsAName : !location.trim() && t.anAgentStandsSomewhere}
      failed={t.nothingWasChanged}
      run={() => changeAgent(agent.id, { name: name.trim(), location: location.trim() })}
      onDone={again}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label={t.location}
            help={t.inAnotherLocationItRunsTheChecks}
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
