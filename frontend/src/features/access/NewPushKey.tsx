import { t } from "@texts/access";
import { useState } from "react";
import { accessKeys, addPushKey } from "../../api/access";
import type { PushKeyMade } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { Seg } from "../../ui/Seg";
import { useAgain } from "./useAgain";

type Reach = "one" | "many";

const reaches = [
  { value: "one", label: t.oneSource },
  { value: "many", label: t.manySources },
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
      title={t.newPushKey}
      action={t.makeThePushKey}
      because={!source.trim() && (isOne ? t.nameTheSourceFirst : t.sayHowTheSourcesBegin)}
      failed={t.itWasNotMade}
      run={run}
      onDone={onMade}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <Seg label={t.whatItReports} value={reach} options={reaches} onChange={setReach} />
          <LineField
            label={isOne ? t.source : t.sourcesBeginWith}
            help={isOne ? t.whatTheScriptWatchesSuchAsNas : t.suchAsCronForHealthchecksSlugs}
            error={faultOf(isOne ? "/source" : "/prefix")}
            maxLength={200}
            spellCheck={false}
            value={source}
            onChange={setSource}
            data-autofocus
          />
          <LineField
            label={t.name}
            help={t.forPeopleTheWhereEmpty(isOne ? t.source2 : t.beginning)}
            error={faultOf("/name")}
            maxLength={200}
            value={name}
            onChange={setName}
          />
          <LineField
            label={t.tokenOfOld}
            help={t.theOneThatYourScriptHasAlreadySo}
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
