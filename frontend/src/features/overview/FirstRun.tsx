import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, lazy, Suspense, useState } from "react";
import { deleteNode } from "../../api/commands";
import { explainError } from "../../api/problem";
import { reportsQuery } from "../../api/queries";
import { applyStructure } from "../../live/apply";
import { useUndo } from "../../live/Undo";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { LineField } from "../../ui/LineField";
import { Link } from "../../ui/Link";
import { Notice } from "../../ui/Notice";
import { counted } from "../../util/number";
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
        <h1>Nothing is watched yet</h1>
        <p className="t2">Any of these brings the first status. They can all be changed or deleted later.</p>
        <ol>
          <li>
            <h2>Watch an address</h2>
            <Address />
          </li>
          <li>
            <h2>Let a script report</h2>
            <p className="t2">A new source appears under Unplaced reports as soon as it has reported.</p>
            <CopyBox label="A command that reports" text={curl} />
          </li>
          <li>
            <h2>Look around first</h2>
            <p className="t2">A sample hierarchy watches this Torch itself and shows a report with a rule.</p>
            <Sample />
          </li>
        </ol>
        <p className="row t2">
          Or begin from nothing:
          <Button onClick={() => setCreating(true)}>New hierarchy</Button>
          <Link className="btn" to={paths.newCheck()}>
            New check
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
  const unplaced = useQuery(reportsQuery(true));
  const waiting = unplaced.data?.items.length ?? 0;
  if (waiting === 0) return null;
  return (
    <Notice
      title={`${counted(waiting, "source")} reported already.`}
      action={
        <Link className="btn sm" to={paths.unplaced()}>
          Place it
        </Link>
      }
    >
      Place a report and it becomes a node with a status.
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
        label="Address"
        placeholder="https://shop.example or db1:5432"
        help={help(text, target?.kind)}
        error={error}
        value={text}
        onChange={setText}
        autoComplete="off"
        inputMode="url"
      />
      <Button
        look="primary"
        type="submit"
        busy={watch.isPending}
        because={!target && "Type the address of something that answers first"}
      >
        Watch it
      </Button>
    </form>
  );
}

function help(text: string, kind: string | undefined): string {
  if (kind === "http") return "It is fetched every 10 s: up while it answers with 200 to 299.";
  if (kind === "tcp") return "A connection is opened every 10 s: up while it is taken.";
  return text.trim()
    ? "An address such as https://shop.example, or a host and a port."
    : "A web address, or a host and a port.";
}

function Sample() {
  const client = useQueryClient();
  const offer = useUndo();
  const sample = useMutation({
    mutationFn: () => makeSample(window.location.origin),
    onSuccess: ({ id }) => offer({ text: "The sample is there.", undo: () => deleteNode(id) }),
    onSettled: () => applyStructure(client),
  });
  return (
    <>
      <Button busy={sample.isPending} onClick={() => sample.mutate()}>
        Make the sample
      </Button>
      {sample.isError ? (
        <p className="err" role="alert">
          The sample was not finished. {explainError(sample.error)}
        </p>
      ) : null}
    </>
  );
}
