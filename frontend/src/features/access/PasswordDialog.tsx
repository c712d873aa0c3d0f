import { t } from "@texts/access";
import { useState } from "react";
import { accessKeys, changeOwnPassword, setPassword as setPasswordOf } from "../../api/access";
import type { PersonView } from "../../api/model";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { useAgain } from "./useAgain";

/** Another password: of somebody else, or, with the present one, of oneself. */
export default function PasswordDialog({ person, onClose }: { person?: PersonView; onClose: () => void }) {
  const again = useAgain();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const missing = person || current ? false : t.enterThePresentPasswordFirst;
  const short = password.length < 12 && t.aPasswordHasAtLeast12Characters;
  return (
    <CommandDialog
      needs="read"
      title={person ? t.passwordOf(person.name) : t.anotherPassword}
      action={t.setThePassword}
      because={missing || short}
      failed={t.thePasswordWasNotChanged}
      run={async () => {
        await (person ? setPasswordOf(person.id, password) : changeOwnPassword(current, password));
        await again(accessKeys.people, accessKeys.sessions);
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{person ? t.theyAreSignedOutEverywhere : t.allYourOtherSessionsEnd}</p>
          {person ? null : (
            <LineField
              label={t.presentPassword}
              error={faultOf("/current")}
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={setCurrent}
              data-autofocus
            />
          )}
          <LineField
            label={t.newPassword}
            help={t.n12To128CharactersOfAnyKind}
            error={faultOf("/password")}
            type="password"
            autoComplete="new-password"
            maxLength={128}
            value={password}
            onChange={setPassword}
          />
        </>
      )}
    </CommandDialog>
  );
}
