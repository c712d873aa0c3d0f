import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { setUp } from "../api/access";
import { explainError, fieldError } from "../api/problem";
import { Button } from "../ui/Button";
import { LineField } from "../ui/LineField";
import { paths } from "../util/paths";
import { Door } from "./Door";

/** The first account. The token stands behind the # of the address that Torch printed, where no server's log sees it. */
export default function SetUp() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [token, setToken] = useState(() => decodeURIComponent(window.location.hash.slice(1)));
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const make = useMutation({
    mutationFn: () => setUp(token.trim(), name.trim(), password),
    onSuccess: async () => {
      await navigate({ to: paths.overview(), replace: true });
      await client.resetQueries();
    },
  });
  const because =
    (!token.trim() && "Torch printed the token when it started") ||
    (!name.trim() && "Choose a name first") ||
    (password.length < 12 && "A password has at least 12 characters");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!because) make.mutate();
  };
  return (
    <Door onSubmit={submit}>
      <p className="t2">
        The first account is an admin's. From then on nobody sees anything here without an account or a key.
      </p>
      <LineField
        label="Token"
        help="As Torch printed it when it started."
        autoComplete="off"
        spellCheck={false}
        value={token}
        onChange={setToken}
      />
      <LineField
        label="Name"
        error={fieldError(make.error, "/name")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={name}
        onChange={setName}
      />
      <LineField
        label="Password"
        help="12 to 128 characters, of any kind."
        error={fieldError(make.error, "/password")}
        type="password"
        autoComplete="new-password"
        maxLength={128}
        value={password}
        onChange={setPassword}
      />
      {make.isError ? (
        <p className="err" role="alert">
          {explainError(make.error)}
        </p>
      ) : null}
      <Button look="primary" type="submit" busy={make.isPending} because={because}>
        Make the account
      </Button>
    </Door>
  );
}
