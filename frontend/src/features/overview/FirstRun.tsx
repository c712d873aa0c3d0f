import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/overview";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { deleteNode } from "../../api/commands";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { useUndo } from "../../live/Undo";
import { useUnplaced } from "../../live/useUnplaced";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { LineField } from "../../ui/LineField";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { paths } from "../../util/paths";
import "./first.css";
import { makeSample, targetOf, watchAddress } from "./start";

const NewNode = lazy(() => import("../../live/NewNode"));

/** From empty to the first green node: an address, a script, or a sample to look around in. */
export function FirstRun() {
  const [creating, setCreating] = useState(false);
  return (
    <>
      <Waiting />
      <div className="first">
        <h1>{t.nothingIsWatchedYet}</h1>
        <p className="t2">{t.anyOfTheseBringsTheFirstStatus}</p>
        <ol>
          <li>
            <h2>{t.watchAnAddress}</h2>
            <Address />
          </li>
          <li>
            <h2>{t.letAScriptReport}</h2>
            <p className="t2">{t.aNewSourceAppearsUnderUnplaced}</p>
            <CopyBox label={t.aCommandThatReports} text={curl} />
          </li>
          <li>
            <h2>{t.lookAroundFirst}</h2>
            <p className="t2">{t.aSampleHierarchyWatchesThisTorch}</p>
            <Sample />
          </li>
        </ol>
        <p className="row t2">
          {t.orBeginFromNothing}
          <Button needs="write" onClick={() => setCreating(true)}>
            {t.newHierarchy}
          </Button>
          <Link needs="write" className="btn" to={paths.newCheck()}>
            {t.newCheck}
          </Link>
        </p>
      </div>
      <Suspense>{creating ? <NewNode onClose={() => setCreating(false)} /> : null}</Suspense>
    </>
  );
}

const curl = `curl ${window.location.origin}/api/v1/reports \\\n  -H 'Content-Type: application/json' \\\n  -d '{"source":"backup/db1","value":42}'`;

/** What scripts have sent before there was a place for it. */
function Waiting() {
  const unplaced = useUnplaced();
  if (!unplaced) return null;
  return (
    <Notice
      title={t.reportedAlready(unplaced)}
      action={
        <Link className="btn sm" to={paths.unplaced()}>
          {t.placeIt}
        </Link>
      }
    >
      {t.placeAReportAndItBecomesANode}
    </Notice>
  );
}

function Address() {
  const client = useQueryClient();
  const [text, setText] = useState("");
  const target = targetOf(text);
  const watch = useMutation({ mutationFn: () => watchAddress(text), onSettled: () => applyStructure(client) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (target && !watch.isPending) watch.mutate();
  };
  const error = watch.isError ? explainError(watch.error) : undefined;
  return (
    <form className="first-address" onSubmit={submit} noValidate>
      <LineField
        label={t.address}
        placeholder="https://shop.example or db1:5432"
        help={help(text, target?.kind)}
        error={error}
        value={text}
        onChange={setText}
        autoComplete="off"
        inputMode="url"
      />
      <Button
        needs="write"
        look="primary"
        type="submit"
        busy={watch.isPending}
        because={!target && t.typeTheAddressOfSomethingThat}
      >
        {t.watchIt}
      </Button>
    </form>
  );
}

function help(text: string, kind: string | undefined): string {
  if (kind === "http") return t.itIsFetchedEvery10SUpWhileIt;
  if (kind === "tcp") return t.aConnectionIsOpenedEvery10SUp;
  return text.trim() ? t.anAddressSuchAsHttpsShopExample : t.aWebAddressOrAHostAndAPort;
}

function Sample() {
  const client = useQueryClient();
  const offer = useUndo();
  const sample = useMutation({
    mutationFn: () => makeSample(window.location.origin),
    onSuccess: ({ id }) => offer({ text: t.theSampleIsThere, undo: () => deleteNode(id) }),
    onSettled: () => applyStructure(client),
  });
  return (
    <>
      <Button needs="write" busy={sample.isPending} onClick={() => sample.mutate()}>
        {t.makeTheSample}
      </Button>
      {sample.isError ? (
        <p className="err" role="alert">
          {t.theSampleWasNotFinished(explainError(sample.error))}
        </p>
      ) : null}
    </>
  );
}
