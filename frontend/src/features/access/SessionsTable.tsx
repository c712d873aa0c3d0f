import { useQuery } from "@tanstack/react-query";
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
      <Reading query={sessions} what="the sessions" rows={3}>
        {(found) =>
          found.length === 0 ? <p className="t3">No browser is signed in.</p> : <Table sessions={found} onEnd={ask} />
        }
      </Reading>
      {asked ? (
        <Confirm
          title={`End the session of ${asked.actor}?`}
          action="End it"
          onClose={() => ask(undefined)}
          onConfirm={async () => {
            await revokeSession(asked.id);
            await again(accessKeys.sessions);
          }}
          explain={explainError}
        >
          <p>That browser has to sign in again, within five seconds.</p>
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
          <th>Who</th>
          <th className="hide-p">Since</th>
          <th>Seen</th>
          <th className="hide-p">From</th>
          <th className="hide-p">Browser</th>
          <th>
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {props.sessions.map((session) => (
          <tr key={session.id}>
            <td>
              {session.actor} {session.current ? <span className="tag in">this browser</span> : null}
            </td>
            <td className="hide-p t2" title={utc(session.startedAt)}>
              {moment(session.startedAt)}
            </td>
            <td className="t2" title={utc(session.seenAt)}>
              {age(now - Date.parse(session.seenAt))} ago
            </td>
            <td className="hide-p t2">{session.origin}</td>
            <td className="hide-p t3 small ell">{session.agent}</td>
            <td className="num">
              <Button
                small
                look="quiet"
                because={session.current && "This is your own session: sign out instead"}
                onClick={() => props.onEnd(session)}
              >
                End<span className="vh"> the session of {session.actor}</span>
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
