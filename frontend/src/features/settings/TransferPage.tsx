import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { applyConfiguration, applyImport, exportAddress, planConfiguration, planImport } from "../../api/config";
import type { ConfigurationPlan } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { LineField } from "../../ui/LineField";
import { Notice } from "../../ui/Notice";
import { Section } from "../../ui/Section";
import { Select } from "../../ui/Select";
import { counted } from "../../util/number";
import { PlanTable } from "./PlanTable";
import "./settings.css";

const formats = [
  { value: "torch", label: "Torch's own configuration (YAML)" },
  { value: "kuma", label: "Uptime Kuma backup (JSON)" },
  { value: "gatus", label: "Gatus (YAML)" },
  { value: "prometheus", label: "Prometheus and blackbox exporter (both files)" },
  { value: "healthchecks", label: "Healthchecks (its API's JSON)" },
  { value: "services", label: "Universal Monitoring Tool (JSON)" },
  { value: "csv", label: "Table (CSV)" },
] as const;
type Format = (typeof formats)[number]["value"];

interface Source {
  format: Format;
  text: string;
  names: string;
  root: string;
  prune: boolean;
}

interface Planned {
  plan: ConfigurationPlan;
  left: readonly string[];
}

const bodyOf = ({ text, root }: Source) => (root.trim() ? { text, root: root.trim() } : { text });

async function ask(source: Source, isDry: boolean): Promise<Planned> {
  if (source.format !== "torch") return await (isDry ? planImport : applyImport)(source.format, bodyOf(source));
  const body = { text: source.text, prune: source.prune };
  return { plan: await (isDry ? planConfiguration : applyConfiguration)(body), left: [] };
}

/** The configuration as a file, and other systems' files with what they would come to, before anything is done. */
export function TransferPage() {
  return (
    <>
      <div className="head">
        <div>
          <h1>Import and export</h1>
          <p className="sub t3">All of it in one step, or nothing. What it would do is shown first.</p>
        </div>
      </div>
      <Section title="Export" note="secrets stay out of it">
        <p className="t2">
          Nodes, rules, checks, dependencies, statuses, maintenance and objectives as YAML that people read and git
          keeps.
        </p>
        <p>
          <a className="btn" href={exportAddress} download="torch.yaml">
            Download torch.yaml
          </a>
        </p>
      </Section>
      <Import />
    </>
  );
}

function Import() {
  const client = useQueryClient();
  const [source, setSource] = useState<Source>({ format: "kuma", text: "", names: "", root: "", prune: false });
  const plan = useMutation({ mutationFn: () => ask(source, true) });
  const apply = useMutation({ mutationFn: () => ask(source, false), onSuccess: () => applyStructure(client) });
  const change = (some: Partial<Source>) => {
    setSource((known) => ({ ...known, ...some }));
    plan.reset();
    apply.reset();
  };
  const read = async (files: FileList | null) => {
    const chosen = [...(files ?? [])];
    const texts = await Promise.all(chosen.map((file) => file.text()));
    change({ text: texts.join("\n---\n"), names: chosen.map((file) => file.name).join(", ") });
  };
  const shown = apply.data ?? plan.data;
  const fault = apply.error ?? plan.error;
  return (
    <>
      <Section title="Import" note={source.names || "a file of Torch or of another system"}>
        <div className="transfer form">
          <Select
            label="Kind of file"
            value={source.format}
            options={formats}
            onChange={(format) => change({ format, text: "", names: "" })}
          />
          <Field label="File" help={source.format === "prometheus" ? "Choose both files." : undefined}>
            {(wiring) => (
              <input
                {...wiring}
                key={source.format}
                className="field"
                type="file"
                multiple={source.format === "prometheus"}
                onChange={(event) => void read(event.target.files)}
              />
            )}
          </Field>
          {source.format === "torch" ? (
            <label className="row">
              <input
                type="checkbox"
                checked={source.prune}
                onChange={(event) => change({ prune: event.target.checked })}
              />
              Delete what the file does not name
            </label>
          ) : (
            <LineField
              label="Name of the hierarchy"
              help="The system's name where it is empty."
              maxLength={200}
              value={source.root}
              onChange={(root) => change({ root })}
            />
          )}
          <div>
            <Button busy={plan.isPending} because={!source.text && "Choose a file first"} onClick={() => plan.mutate()}>
              Show what it would do
            </Button>
          </div>
        </div>
        {fault ? (
          <p className="err" role="alert">
            Nothing was changed. {explainError(fault)}
          </p>
        ) : null}
      </Section>
      {shown ? <Shown planned={shown} busy={apply.isPending} onApply={() => apply.mutate()} /> : null}
    </>
  );
}

function Shown({ planned: { plan, left }, busy, onApply }: { planned: Planned; busy: boolean; onApply: () => void }) {
  const gone = plan.changes.filter((change) => change.action === "delete").length;
  const nothing = plan.changes.length === 0;
  return (
    <>
      {left.length > 0 ? (
        <Section title="Not carried" note={counted(left.length, "thing")}>
          <ul className="t2">
            {left.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section
        title={plan.applied ? "What was done" : "What it would do"}
        note={`${counted(Number(plan.unchanged), "object")} as wanted`}
        end={
          plan.applied ? null : (
            <Button look="primary" busy={busy} because={nothing && "There is nothing to do"} onClick={onApply}>
              {gone > 0 ? `Apply, and delete ${gone}` : "Apply"}
            </Button>
          )
        }
      >
        {plan.applied ? <Notice title="All of it is in force." /> : null}
        {plan.notes.map((note) => (
          <p key={note} className="t2">
            {note}
          </p>
        ))}
        {nothing ? <p className="t3">Everything is as the file has it.</p> : <PlanTable changes={plan.changes} />}
      </Section>
    </>
  );
}
