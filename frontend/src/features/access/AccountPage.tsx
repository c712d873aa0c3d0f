import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import { sessionQuery } from "../../api/queries";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { SessionsTable } from "./SessionsTable";
import "./access.css";

const PasswordDialog = lazy(() => import("./PasswordDialog"));

/** Oneself: who one is here, one's password, one's browsers. */
export function AccountPage() {
  const session = useQuery(sessionQuery()).data;
  const [asked, ask] = useState(false);
  return (
    <>
      <div className="head">
        <div>
          <h1>Your account</h1>
          <p className="sub t3">
            {session?.actor ?? "nobody"}, who may {session?.rights.join(", ") || "do nothing"}
          </p>
        </div>
        <div className="acts">
          <Button because={!session?.personId && "Only an account has a password"} onClick={() => ask(true)}>
            Another password…
          </Button>
        </div>
      </div>
      <Section title="Where you are signed in">
        <SessionsTable all={false} />
      </Section>
      <Suspense>{asked ? <PasswordDialog onClose={() => ask(false)} /> : null}</Suspense>
    </>
  );
}
