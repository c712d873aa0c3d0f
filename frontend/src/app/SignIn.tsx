import { useMutation, useQueryClient } from "@tanstack/react-query";
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
  "no-account": "The provider knows you, but you have no account here. Ask an admin for one.",
  failed: "The provider did not let you in.",
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
  const because =
    !byKey && !name.trim() ? "Enter your name first" : !secret && `Enter the ${byKey ? "key" : "password"}`;
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
          Sign in with {session.provider}
        </a>
      ) : null}
      {byKey ? (
        <p className="t2">The key is exchanged for a session of this browser and not kept.</p>
      ) : (
        <LineField
          label="Name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={name}
          onChange={setName}
        />
      )}
      <LineField
        label={byKey ? "API key" : "Password"}
        error={error}
        type="password"
        autoComplete="current-password"
        value={secret}
        onChange={setSecret}
      />
      <Button look={session.provider ? "plain" : "primary"} type="submit" busy={enter.isPending} because={because}>
        Sign in
      </Button>
      {session.passwords ? (
        <Button look="quiet" small onClick={() => setByKey(!byKey)}>
          {byKey ? "With a name and a password" : "With an API key"}
        </Button>
      ) : null}
    </Door>
  );
}

const here = () =>
  window.location.pathname + (window.location.search.includes("signin=") ? "" : window.location.search);

function why(fault: unknown, byKey: boolean) {
  if (fault instanceof ApiError && fault.status === 401)
    return byKey ? "Torch does not know this key." : "Nobody has this name and this password here.";
  return explainError(fault);
}
