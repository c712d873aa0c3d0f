import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/access";
import { lazy, Suspense, useState } from "react";
import { sessionQuery } from "../../api/queries";
import { SignOut } from "../../live/SignOut";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";
import { SessionsTable } from "./SessionsTable";
import "./access.css";

const PasswordDialog = lazy(() => import("./PasswordDialog"));

/** Oneself: who one is here, one's password, one's browsers. */
export function AccountPage() {
  const session = useQuery(sessionQuery()).data;
  const [asked, ask] = useState(false);
  const refused = new URLSearchParams(window.location.search).get("signin");
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.yourAccount}</h1>
          <p className="sub t3">{t.whoMay(session?.actor ?? t.nobody, session?.rights.join(", ") || t.doNothing)}</p>
        </div>
        <div className="acts">
          {session?.provider && session.linked === false ? (
            <a className="btn" href={`/api/v1/session/provider?link=true&returnTo=${paths.account()}`}>
              {t.linkWith(session.provider)}
            </a>
          ) : null}
          {session?.required && session.actor ? <SignOut actor={session.actor} className="only-phone" /> : null}
          <Button because={!session?.personId && t.onlyAnAccountHasAPassword} onClick={() => ask(true)}>
            {t.anotherPassword2}
          </Button>
        </div>
      </div>
      {refused ? <p className="err pad">{t.oneOfTheTwoIsLinked}</p> : null}
      {session?.linked ? <p className="t2 pad">{t.letsYouInToo(session.provider ?? "")}</p> : null}
      <Section title={t.whereYouAreSignedIn}>
        <SessionsTable all={false} />
      </Section>
      <Suspense>{asked ? <PasswordDialog onClose={() => ask(false)} /> : null}</Suspense>
    </>
  );
}
