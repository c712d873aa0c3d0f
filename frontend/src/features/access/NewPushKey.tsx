import { useState } from "react";
import { accessKeys, addPushKey } from "../../api/access";
import type { PushKeyMade } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { Seg } from "../../ui/Seg";
import { useAgain } from "./useAgain";

type Reach = "one" | "many";

const reaches = [
  { value: "one", label: "One source" },
  { value: "many", label: "Many sources" },
] as const;

/** What a script reports on, and the token that it has already; then the addresses, which are shown this once. */
export default function NewPushKey({ onMade, onClose }: { onMade: (made: PushKeyMade) => void; onClose: () => void }) {
  const again = useAgain();
  const [reach, setReach] = useState<Reach>("one");
  const [source, setSource] = useState("");
  const [name, setName] = useState("");
  const [token, setToken] = useState("");
  const isOne = reach === "one";
  const run = async () => {
    const made = await addPushKey({
      ...(isOne ? { source: source.trim() } : { prefix: source.trim() }),
      ...(name.trim() ? { name: name.trim() } : {}),
      ...(token.trim() ? { token: token.trim() } : {}),
    });
    await again(accessKeys.pushKeys);
    return made;
  };
  return (
    <CommandDialog
      title="New push key"
      action="Make the push key"
      because={!source.trim() && (isOne ? "Name the source first" : "Say how the sources begin")}
      failed="It was not made."
      run={run}
      onDone={onMade}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <Seg label="What it reports" value={reach} options={reaches} onChange={setReach} />
          <LineField
            label={isOne ? "Source" : "Sources begin with"}
            help={
              isOne
                ? "What the script watches, such as nas/backup. For Uptime Kuma, Healthchecks and Gatus."
                : "Such as cron/. For Healthchecks' slugs, Gatus, and Alertmanager, whose every alert is a source."
            }
            error={faultOf(isOne ? "/source" : "/prefix")}
            maxLength={200}
            spellCheck={false}
            value={source}
            onChange={setSource}
            data-autofocus
          />
          <LineField
            label="Name"
            help={`For people; the ${isOne ? "source" : "beginning"} where empty.`}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
          />
          <LineField
            label="Token of old"
            help="The one that your script has already, so that only its host name changes. Empty for a new one."
            error={faultOf("/token")}
            maxLength={200}
            spellCheck={false}
            autoComplete="off"
            value={token}
            onChange={setToken}
          />
        </>
      )}
    </CommandDialog>
  );
}
