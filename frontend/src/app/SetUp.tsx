import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/app";
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
    (!token.trim() && t.torchPrintedTheTokenWhenIt) ||
    (!name.trim() && t.chooseANameFirst) ||
    (password.length < 12 && t.aPasswordHasAtLeast12Characters);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!because) make.mutate();
  };
  return (
    <Door onSubmit={submit}>
      <p className="t2">{t.theFirstAccountIsAnAdminsFrom}</p>
      <LineField
        label={t.token}
        help={t.asTorchPrintedItWhenItStarted}
        autoComplete="off"
        spellCheck={false}
        value={token}
        onChange={setToken}
      />
      <LineField
        label={t.name}
        error={fieldError(make.error, "/name")}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={100}
        value={name}
        onChange={setName}
      />
      <LineField
        label={t.password2}
        help={t.n12To128CharactersOfAnyKind}
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
        {t.makeTheAccount}
      </Button>
    </Door>
  );
}
