import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/access";
import { lazy, Suspense, useState } from "react";
import { accessKeys, peopleQuery, removePerson } from "../../api/access";
import type { PersonView } from "../../api/model";
import { explainError } from "../../api/problem";
import { sessionQuery, treesQuery } from "../../api/queries";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Empty } from "../../ui/Empty";
import { Section } from "../../ui/Section";
import { SessionsTable } from "./SessionsTable";
import { useAgain } from "./useAgain";
import "./access.css";

const PersonDialog = lazy(() => import("./PersonDialog"));
const PasswordDialog = lazy(() => import("./PasswordDialog"));

type Asked = { what: "new" } | { what: "edit" | "password" | "remove"; person: PersonView };

/** Who has an account, what they may do, and which browsers are signed in. */
export function PeoplePage() {
  const people = useQuery(peopleQuery());
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.people}</h1>
          <p className="sub t3">{t.viewersSeeEverythingEditors}</p>
        </div>
        <div className="acts">
          <Button needs="admin" look="primary" onClick={() => ask({ what: "new" })}>
            {t.newAccount}
          </Button>
        </div>
      </div>
      <Reading query={people} what={t.theAccounts}>
        {(found) => (found.length === 0 ? <Nobody /> : <Table people={found} onAsk={ask} />)}
      </Reading>
      <Section title={t.signedIn} note={t.browsersTheNewestFirst}>
        <SessionsTable all />
      </Section>
      <Suspense>
        {asked?.what === "new" ? <PersonDialog isFirst={people.data?.length === 0} onClose={close} /> : null}
        {asked?.what === "edit" ? <PersonDialog person={asked.person} onClose={close} /> : null}
        {asked?.what === "password" ? <PasswordDialog person={asked.person} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "remove" ? <RemovePerson person={asked.person} onClose={close} /> : null}
    </>
  );
}

function Nobody() {
  return (
    <Empty title={t.nobodyHasAnAccountYet}>
      <p>{t.untilThenWhoeverSitsAtThis}</p>
    </Empty>
  );
}

function Table({ people, onAsk }: { people: readonly PersonView[]; onAsk: (asked: Asked) => void }) {
  const me = useQuery(sessionQuery()).data?.personId;
  return (
    <Section title={t.accounts} note={`${people.length}`}>
      <table className="tbl access">
        <thead>
          <tr>
            <th>{t.name}</th>
            <th>{t.role}</th>
            <th className="hide-p">{t.mayChange}</th>
            <th className="hide-p">{t.signsInWith}</th>
            <th>
              <span className="vh">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <b>{person.name}</b> {person.id === me ? <span className="tag in">{t.you}</span> : null}
                {person.fullName ? <div className="t3 small where">{person.fullName}</div> : null}
              </td>
              <td>{person.role}</td>
              <td className="hide-p t2">
                <Reach person={person} />
              </td>
              <td className="hide-p t2">{person.hasPassword ? t.aPassword : t.theProvider}</td>
              <td className="num">
                <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "edit", person })}>
                  {t.edit}
                  <span className="vh"> {person.name}</span>
                </Button>
                <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "password", person })}>
                  {t.password}
                  <span className="vh"> {t.of(person.name)}</span>
                </Button>
                <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "remove", person })}>
                  {t.remove}
                  <span className="vh"> {person.name}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Reach({ person: { role, hierarchies } }: { person: PersonView }) {
  const trees = useQuery(treesQuery());
  if (role === "admin") return "everything";
  if (!hierarchies) return role === "viewer" ? t.nothing : t.everyHierarchy;
  const names = hierarchies.map((id) => trees.data?.find((tree) => tree.id === id)?.name ?? t.aDeletedOne).join(", ");
  return role === "viewer" ? t.nothingSees(names) : names;
}

function RemovePerson({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const again = useAgain();
  return (
    <Confirm
      title={t.remove2(person.name)}
      action={t.removeTheAccount}
      onClose={onClose}
      onConfirm={async () => {
        await removePerson(person.id);
        await again(accessKeys.people, accessKeys.sessions);
      }}
      explain={explainError}
    >
      <p>{t.theyAreSignedOutEverywhereAtOnce}</p>
    </Confirm>
  );
}
