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
  const missing = person || current ? false : "Enter the present password first";
  const short = password.length < 12 && "A password has at least 12 characters";
  return (
    <CommandDialog
      title={person ? `Password of ${person.name}` : "Another password"}
      action="Set the password"
      because={missing || short}
      failed="The password was not changed."
      run={async () => {
        await (person ? setPasswordOf(person.id, password) : changeOwnPassword(current, password));
        await again(accessKeys.people, accessKeys.sessions);
      }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <p className="t2">{person ? "They are signed out everywhere." : "All your other sessions end."}</p>
          {person ? null : (
            <LineField
              label="Present password"
              error={faultOf("/current")}
              type="password"
              autoComplete="current-password"
              value={current}
              onChange={setCurrent}
              data-autofocus
            />
          )}
          <LineField
            label="New password"
            help="12 to 128 characters, of any kind."
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
