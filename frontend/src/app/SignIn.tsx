import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/app";
import { type FormEvent, useState } from "react";
import { signInByName } from "../api/access";
import { signIn } from "../api/commands";
import type { SessionView } from "../api/model";
import { ApiError, explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { LineField } from "../ui/LineField";
import { Door } from "./Door";

/** What the provider's way back said, where it did not let somebody in. */
const refusals: Record<string, string> = {
  "no-account": t.theProviderKnowsYouButYouHaveNo,
  "link-first": t.thatAccountHasAPasswordSignIn,
  failed: t.theProviderDidNotLetYouIn,
};

export function SignIn({ session }: { session: SessionView }) {
  const client = useQueryClient();
  const [byKey, setByKey] = useState(!session.passwords);
  const [name, setName] = useState("");
  const [secret, setSecret] = useState("");
  const enter = useMutation({
    mutationFn: () => (byKey ? signIn(secret.trim()) : signInByName(name.trim(), secret)),
    onSuccess: () => client.resetQueries(),
  });
  const because = !byKey && !name.trim() ? t.enterYourNameFirst : !secret && t.enterThe(byKey ? t.key : t.password);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!because) enter.mutate();
  };
  const returned = refusals[new URLSearchParams(window.location.search).get("signin") ?? ""];
  const error = enter.isError ? why(enter.error, byKey) : undefined;
  return (
    <Door onSubmit={submit}>
      {returned ? <p className="err">{returned}</p> : null}
      {session.provider ? (
        <a className="btn pri" href={`/api/v1/session/provider?returnTo=${encodeURIComponent(here())}`}>
          {t.signInWith(session.provider)}
        </a>
      ) : null}
      {byKey ? (
        <p className="t2">{t.theKeyIsExchangedForASessionOf}</p>
      ) : (
        <LineField
          label={t.name}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={setName}
        />
      )}
      <LineField
        label={byKey ? t.apiKey : t.password2}
        error={error}
        type="password"
        autoComplete="current-password"
        value={secret}
        onChange={setSecret}
      />
      <Button look={session.provider ? "plain" : "primary"} type="submit" busy={enter.isPending} because={because}>
        {t.signIn}
      </Button>
      {session.passwords ? (
        <Button look="quiet" small onClick={() => setByKey(!byKey)}>
          {byKey ? t.withANameAndAPassword : t.withAnApiKey}
        </Button>
      ) : null}
    </Door>
  );
}

const here = () =>
  window.location.pathname + (window.location.search.includes("signin=") ? "" : window.location.search);

function why(fault: unknown, byKey: boolean) {
  if (fault instanceof ApiError && fault.status === 401)
    return byKey ? t.torchDoesNotKnowThisKey : t.nobodyHasThisNameAndThisPassword;
  return explainError(fault);
}
