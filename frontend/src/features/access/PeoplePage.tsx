import { useQuery } from "@tanstack/react-query";
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
          <h1>People</h1>
          <p className="sub t3">
            Viewers see everything, editors change what is monitored, admins also people and keys.
          </p>
        </div>
        <div className="acts">
          <Button look="primary" onClick={() => ask({ what: "new" })}>
            New account
          </Button>
        </div>
      </div>
      <Reading query={people} what="the accounts">
        {(found) => (found.length === 0 ? <Nobody /> : <Table people={found} onAsk={ask} />)}
      </Reading>
      <Section title="Signed in" note="browsers, the newest first">
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
    <Empty title="Nobody has an account yet">
      <p>
        Until then whoever sits at this machine may do everything. The first account is an admin's; from then on
        everybody has to sign in.
      </p>
    </Empty>
  );
}

function Table({ people, onAsk }: { people: readonly PersonView[]; onAsk: (asked: Asked) => void }) {
  const me = useQuery(sessionQuery()).data?.personId;
  return (
    <Section title="Accounts" note={`${people.length}`}>
      <table className="tbl access">
        <thead>
          <tr>
            <th>Name</th>
            <th>Role</th>
            <th className="hide-p">May change</th>
            <th className="hide-p">Signs in with</th>
            <th>
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.id}>
              <td>
                <b>{person.name}</b> {person.id === me ? <span className="tag in">you</span> : null}
                {person.fullName ? <div className="t3 small">{person.fullName}</div> : null}
              </td>
              <td>{person.role}</td>
              <td className="hide-p t2">
                <Reach person={person} />
              </td>
              <td className="hide-p t2">{person.hasPassword ? "a password" : "the provider"}</td>
              <td className="num">
                <Button small look="quiet" onClick={() => onAsk({ what: "edit", person })}>
                  Edit<span className="vh"> {person.name}</span>
                </Button>
                <Button small look="quiet" onClick={() => onAsk({ what: "password", person })}>
                  Password<span className="vh"> of {person.name}</span>
                </Button>
                <Button small look="quiet" onClick={() => onAsk({ what: "remove", person })}>
                  Remove<span className="vh"> {person.name}</span>
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
  if (role === "viewer") return "nothing";
  if (role === "admin") return "everything";
  if (!hierarchies) return "every hierarchy";
  return hierarchies.map((id) => trees.data?.find((tree) => tree.id === id)?.name ?? "a deleted one").join(", ");
}

function RemovePerson({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const again = useAgain();
  return (
    <Confirm
      title={`Remove ${person.name}?`}
      action="Remove the account"
      onClose={onClose}
      onConfirm={async () => {
        await removePerson(person.id);
        await again(accessKeys.people, accessKeys.sessions);
      }}
      explain={explainError}
    >
      <p>They are signed out everywhere at once. What they did stays in the audit under their name.</p>
    </Confirm>
  );
}
