import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/access";
import { useState } from "react";
import { accessKeys, revokeSession, sessionsQuery } from "../../api/access";
import type { SignedInBrowser } from "../../api/model";
import { explainError } from "../../api/problem";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { age, moment, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { useAgain } from "./useAgain";

/** Browsers that are signed in: one's own, or everybody's. */
export function SessionsTable({ all }: { all: boolean }) {
  const sessions = useQuery(sessionsQuery(all));
  const again = useAgain();
  const [asked, ask] = useState<SignedInBrowser>();
  return (
    <>
      <Reading query={sessions} what={t.theSessions} rows={3}>
        {(found) =>
          found.length === 0 ? <p className="t3">{t.noBrowserIsSignedIn}</p> : <Table sessions={found} onEnd={ask} />
        }
      </Reading>
      {asked ? (
        <Confirm
          title={t.endTheSessionOf(asked.actor)}
          action={t.endIt}
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            await revokeSession(asked.id);
            await again(accessKeys.sessions);
          }}
          explain={explainError}
        >
          <p>{t.thatBrowserHasToSignInAgain}</p>
        </Confirm>
      ) : null}
    </>
  );
}

function Table(props: { sessions: readonly SignedInBrowser[]; onEnd: (session: SignedInBrowser) => void }) {
  const now = useNow();
  return (
    <table className="tbl access">
      <thead>
        <tr>
          <th>{t.who}</th>
          <th className="hide-p">{t.since}</th>
          <th>{t.seen}</th>
          <th className="hide-p">{t.from}</th>
          <th className="hide-p">{t.browser}</th>
          <th>
            <span className="vh">{t.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.sessions.map((session) => (
          <tr key={session.id}>
            <td>
              {session.actor} {session.current ? <span className="tag in">{t.thisBrowser}</span> : null}
            </td>
            <td className="hide-p t2" title={utc(session.startedAt)}>
              {moment(session.startedAt)}
            </td>
            <td className="t2" title={utc(session.seenAt)}>
              {t.ago(age(now - Date.parse(session.seenAt)))}
            </td>
            <td className="hide-p t2">{session.origin}</td>
            <td className="hide-p t3 small ell">{session.agent}</td>
            <td className="num">
              <Button
                small
                look="quiet"
                because={session.current && t.thisIsYourOwnSessionSignOut}
                onClick={() => props.onEnd(session)}
              >
                {t.end}
                <span className="vh"> {t.theSessionOf(session.actor)}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
