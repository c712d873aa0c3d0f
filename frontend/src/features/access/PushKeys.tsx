import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/access";
import { lazy, Suspense, useState } from "react";
import { accessKeys, pushKeysQuery, removePushKey } from "../../api/access";
import type { PushKeyMade, PushKeyView } from "../../api/model";
import { explainError } from "../../api/problem";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Section } from "../../ui/Section";
import { moment, utc } from "../../util/time";
import { PushKeyShown } from "./PushKeyShown";
import { useAgain } from "./useAgain";

const NewPushKey = lazy(() => import("./NewPushKey"));

/** Tokens for scripts that push already: to Uptime Kuma, Healthchecks, Gatus, or from Alertmanager. */
export function PushKeys() {
  const keys = useQuery(pushKeysQuery());
  const again = useAgain();
  const [isNew, setNew] = useState(false);
  const [shown, show] = useState<PushKeyMade>();
  const [removed, remove] = useState<PushKeyView>();
  return (
    <Section
      title={t.pushKeys}
      note={keys.data && keys.data.length > 0 ? `${keys.data.length}` : null}
      end={
        <Button small onClick={() => setNew(true)}>
          {t.newPushKey}
        </Button>
      }
    >
      <p className="t2">{t.scriptsThatPushToUptimeKuma}</p>
      <Reading query={keys} what={t.thePushKeys}>
        {(found) => (found.length === 0 ? null : <Table keys={found} onRemove={remove} />)}
      </Reading>
      <Suspense>{isNew ? <NewPushKey onMade={show} onClose={() => setNew(false)} /> : null}</Suspense>
      {shown ? <PushKeyShown made={shown} onClose={() => show(undefined)} /> : null}
      {removed ? (
        <Confirm
          title={t.remove2(removed.name)}
          action={t.removeThePushKey}
          onClose={() => remove(undefined)}
          onConfirm={async () => {
            await removePushKey(removed.id);
            await again(accessKeys.pushKeys);
          }}
          explain={explainError}
        >
          <p>{t.whatPushesWithItIsRefusedWithin}</p>
        </Confirm>
      ) : null}
    </Section>
  );
}

function Table({ keys, onRemove }: { keys: readonly PushKeyView[]; onRemove: (key: PushKeyView) => void }) {
  return (
    <table className="tbl access">
      <thead>
        <tr>
          <th>{t.name}</th>
          <th>{t.reports}</th>
          <th className="hide-p">{t.made}</th>
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
            </td>
            <td className="t2">{key.source ?? `${key.prefix}…`}</td>
            <td className="hide-p t2" title={utc(key.createdAt)}>
              {moment(key.createdAt)}
            </td>
            <td className="num">
              <Button small look="quiet" onClick={() => onRemove(key)}>
                {t.remove}
                <span className="vh"> {key.name}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
