import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { accessKeys, apiKeysQuery, revokeKey, rotateKey } from "../../api/access";
import type { KeyView } from "../../api/model";
import { explainError } from "../../api/problem";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Empty } from "../../ui/Empty";
import { Section } from "../../ui/Section";
import { none } from "../../util/number";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { KeyShown } from "./KeyShown";
import { PushKeys } from "./PushKeys";
import { useAgain } from "./useAgain";
import "./access.css";

const NewKey = lazy(() => import("./NewKey"));

type Asked = { what: "new" } | { what: "rotate" | "revoke"; key: KeyView };

/** Keys for scripts. */
export function KeysPage() {
  const keys = useQuery(apiKeysQuery());
  const again = useAgain();
  const [asked, ask] = useState<Asked>();
  const [shown, show] = useState<{ name: string; key: string; previousUntil: string | null }>();
  const close = () => ask(undefined);
  return (
    <>
      <div className="head">
        <div>
          <h1>Keys</h1>
          <p className="sub t3">
            For scripts and other systems, each with what it may do. Agents have keys of their own.
          </p>
        </div>
        <div className="acts">
          <Button look="primary" onClick={() => ask({ what: "new" })}>
            New key
          </Button>
        </div>
      </div>
      <Reading query={keys} what="the keys">
        {(found) => (found.length === 0 ? <NoKeys /> : <Table keys={found} onAsk={ask} />)}
      </Reading>
      <PushKeys />
      <Suspense>{asked?.what === "new" ? <NewKey onMade={show} onClose={close} /> : null}</Suspense>
      {asked?.what === "rotate" ? (
        <Confirm
          title={`Make a new text for ${asked.key.name}?`}
          action="Make it"
          onClose={close}
          onConfirm={async () => {
            show(await rotateKey(asked.key.id));
            await again(accessKeys.keys);
          }}
          explain={explainError}
        >
          <p>The text that it has goes on working for 24 hours, so that it can be exchanged without a gap.</p>
        </Confirm>
      ) : null}
      {asked?.what === "revoke" ? (
        <Confirm
          title={`Revoke ${asked.key.name}?`}
          action="Revoke the key"
          onClose={close}
          onConfirm={async () => {
            await revokeKey(asked.key.id);
            await again(accessKeys.keys);
          }}
          explain={explainError}
        >
          <p>What uses it is refused from now on. What came with it stays.</p>
        </Confirm>
      ) : null}
      {shown ? (
        <KeyShown
          name={shown.name}
          text={shown.key}
          previousUntil={shown.previousUntil}
          onClose={() => show(undefined)}
        />
      ) : null}
    </>
  );
}

function NoKeys() {
  return (
    <Empty title="There is no API key yet">
      <p>
        A script that reports needs one as soon as somebody has an account. Give each its own: then each can be revoked.
      </p>
    </Empty>
  );
}

function Table({ keys, onAsk }: { keys: readonly KeyView[]; onAsk: (asked: Asked) => void }) {
  const now = useNow();
  return (
    <Section title="API keys" note={`${keys.length}`}>
      <table className="tbl access">
        <thead>
          <tr>
            <th>Name</th>
            <th>Scopes</th>
            <th className="hide-p">Sources</th>
            <th className="hide-p">Expires</th>
            <th className="hide-p">Last used</th>
            <th>
              <span className="vh">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>
                <b>{key.name}</b>
                {key.previousUntil ? (
                  <div className="t3 small">its text before works until {moment(key.previousUntil)}</div>
                ) : null}
              </td>
              <td>{key.scopes.join(", ")}</td>
              <td className="hide-p t2">{key.sourcePrefix ? `${key.sourcePrefix}…` : "all"}</td>
              <td className="hide-p t2">{key.expired ? "expired" : key.expiresAt ? moment(key.expiresAt) : "never"}</td>
              <td className="hide-p t2" title={key.lastUsedAt ? utc(key.lastUsedAt) : undefined}>
                {key.lastUsedAt ? `${age(now - Date.parse(key.lastUsedAt))} ago, ${key.lastUsedFrom}` : none}
              </td>
              <td className="num">
                <Button small look="quiet" onClick={() => onAsk({ what: "rotate", key })}>
                  Rotate<span className="vh"> {key.name}</span>
                </Button>
                <Button small look="quiet" onClick={() => onAsk({ what: "revoke", key })}>
                  Revoke<span className="vh"> {key.name}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
