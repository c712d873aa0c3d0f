import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/access";
import { useState } from "react";
import { accessKeys, addPerson, changePerson } from "../../api/access";
import type { PersonView } from "../../api/model";
import { keys, treesQuery } from "../../api/queries";
import { CommandDialog } from "../../live/CommandDialog";
import { LineField } from "../../ui/LineField";
import { PickField } from "../../ui/PickField";
import { Picks } from "./Picks";
import { useAgain } from "./useAgain";

const roles = [
  { value: "viewer", label: t.viewerChangesNothing },
  { value: "editor", label: t.editorChangesWhatIsMonitored },
  { value: "admin", label: t.adminEverything },
];

/** A new account, or what somebody may do from now on. */
export default function PersonDialog(props: { person?: PersonView; isFirst?: boolean; onClose: () => void }) {
  const { person, isFirst = false, onClose } = props;
  const again = useAgain();
  const client = useQueryClient();
  const trees = useQuery(treesQuery());
  const [name, setName] = useState(person?.name ?? "");
  const [fullName, setFullName] = useState(person?.fullName ?? "");
  const [role, setRole] = useState(person?.role ?? (isFirst ? "admin" : "viewer"));
  const [hierarchies, limitTo] = useState<string[]>(person?.hierarchies ?? []);
  const [password, setPassword] = useState("");
  const limits = role === "admin" ? [] : hierarchies;
  const run = async () => {
    if (person)
      await changePerson(person.id, { name: name.trim(), fullName: fullName.trim(), role, hierarchies: limits });
    else
      await addPerson({
        name: name.trim(),
        role,
        ...(fullName.trim() ? { fullName: fullName.trim() } : {}),
        ...(limits.length > 0 ? { hierarchies: limits } : {}),
        ...(password ? { password } : {}),
      });
    await again(accessKeys.people);
    // The first account ends the time without: from now on this browser has to sign in.
    if (isFirst) await client.resetQueries({ queryKey: keys.session });
  };
  return (
    <CommandDialog
      title={person ? t.accountOf(person.name) : t.newAccount}
      action={person ? t.save : t.makeTheAccount}
      because={!name.trim() && t.giveThemANameFirst}
      failed={t.nothingWasChanged}
      run={run}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <LineField
            label={t.name}
            help={t.whatTheySignInWith}
            error={faultOf("/name")}
            maxLength={100}
            autoComplete="off"
            spellCheck={false}
            value={name}
            onChange={setName}
            data-autofocus
          />
          <LineField
            label={t.fullName}
            error={faultOf("/fullName")}
            maxLength={200}
            autoComplete="off"
            value={fullName}
            onChange={setFullName}
          />
          <PickField
            label={t.role}
            help={isFirst ? t.theFirstAccountIsAnAdmins : undefined}
            error={faultOf("/role")}
            value={role}
            options={isFirst ? roles.slice(2) : roles}
            onChange={setRole}
          />
          {role !== "admin" && trees.data && trees.data.length > 0 ? (
            <Picks
              legend={role === "viewer" ? t.onlyTheseHierarchiesNoneAll : t.onlyInTheseHierarchiesNoneInAll}
              options={trees.data.map((tree) => ({ value: tree.id, label: tree.name }))}
              chosen={hierarchies}
              onChange={limitTo}
            />
          ) : null}
          {person ? null : (
            <LineField
              label={t.password}
              help={t.n12CharactersAtLeastTheyChangeIt}
              error={faultOf("/password")}
              type="password"
              autoComplete="new-password"
              maxLength={128}
              value={password}
              onChange={setPassword}
            />
          )}
        </>
      )}
    </CommandDialog>
  );
}
