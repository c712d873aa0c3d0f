import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/access";
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
          <h1>{t.keys}</h1>
          <p className="sub t3">{t.forScriptsAndOtherSystemsEach}</p>
        </div>
        <div className="acts">
          <Button needs="admin" look="primary" onClick={() => ask({ what: "new" })}>
            {t.newKey}
          </Button>
        </div>
      </div>
      <Reading query={keys} what={t.theKeys}>
        {(found) => (found.length === 0 ? <NoKeys /> : <Table keys={found} onAsk={ask} />)}
      </Reading>
      <PushKeys />
      <Suspense>{asked?.what === "new" ? <NewKey onMade={show} onClose={close} /> : null}</Suspense>
      {asked?.what === "rotate" ? (
        <Confirm
          title={t.makeANewTextFor(asked.key.name)}
          action={t.makeIt}
          onClose={close}
          onConfirm={async () => {
            show(await rotateKey(asked.key.id));
            await again(accessKeys.keys);
          }}
          explain={explainError}
        >
          <p>{t.theTextThatItHasGoesOnWorkingFor}</p>
        </Confirm>
      ) : null}
      {asked?.what === "revoke" ? (
        <Confirm
          title={t.revoke(asked.key.name)}
          action={t.revokeTheKey}
          onClose={close}
          onConfirm={async () => {
            await revokeKey(asked.key.id);
            await again(accessKeys.keys);
          }}
          explain={explainError}
        >
          <p>{t.whatUsesItIsRefusedFromNowOnWhat}</p>
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
    <Empty title={t.thereIsNoApiKeyYet}>
      <p>{t.aScriptThatReportsNeedsOneAsSoon}</p>
    </Empty>
  );
}

function Table({ keys, onAsk }: { keys: readonly KeyView[]; onAsk: (asked: Asked) => void }) {
  const now = useNow();
  return (
    <Section title={t.apiKeys} note={`${keys.length}`}>
      <table className="tbl access">
        <thead>
          <tr>
            <th>{t.name}</th>
            <th>{t.scopes}</th>
            <th className="hide-p">{t.sources}</th>
            <th className="hide-p">{t.expires}</th>
            <th className="hide-p">{t.lastUsed}</th>
            <th>
              <span className="vh">{t.actions}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <td>
                <b>{key.name}</b>
                {key.previousUntil ? (
                  <div className="t3 small" title={utc(key.previousUntil)}>
                    {t.itsTextBeforeWorksUntil(moment(key.previousUntil))}
                  </div>
                ) : null}
              </td>
              <td>{key.scopes.join(", ")}</td>
              <td className="hide-p t2">{key.sourcePrefix ? `${key.sourcePrefix}…` : t.all}</td>
              <td className="hide-p t2" title={key.expiresAt ? utc(key.expiresAt) : undefined}>
                {key.expired ? t.expired : key.expiresAt ? moment(key.expiresAt) : t.never}
              </td>
              <td className="hide-p t2" title={key.lastUsedAt ? utc(key.lastUsedAt) : undefined}>
                {key.lastUsedAt ? t.ago2(age(now - Date.parse(key.lastUsedAt)), key.lastUsedFrom) : none}
              </td>
              <td className="num">
                <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "rotate", key })}>
                  {t.rotate}
                  <span className="vh"> {key.name}</span>
                </Button>
                <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "revoke", key })}>
                  {t.revoke2}
                  <span className="vh"> {key.name}</span>
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
