import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { signIn } from "../api/commands";
import { ApiError, explainError } from "../api/problem";
import { Button } from "../ui/Button";
import { Field } from "../ui/Field";
import "./signin.css";

export function SignIn() {
  const client = useQueryClient();
  const [key, setKey] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn(key.trim()),
    onSuccess: () => client.resetQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) enter.mutate();
  };
  return (
    <main className="signin">
      <form className="form" onSubmit={submit}>
        <h1 className="row">
          <svg className="flame" aria-hidden="true">
            <use href="#i-brand" />
          </svg>
          Torch
        </h1>
        <p className="t2">This Torch asks for a key. It is exchanged for a session of this browser and not kept.</p>
        <Field label="API key" error={enter.isError ? why(enter.error) : undefined}>
          {(wiring) => (
            <input
              {...wiring}
              className="field"
              type="password"
              autoComplete="current-password"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <Button
          look="primary"
          type="submit"
          busy={enter.isPending}
          because={key.trim() ? undefined : "Enter a key first"}
        >
          Sign in
        </Button>
      </form>
    </main>
  );
}

const why = (fault: unknown) =>
  fault instanceof ApiError && fault.status === 401 ? "Torch does not know this key." : explainError(fault);
