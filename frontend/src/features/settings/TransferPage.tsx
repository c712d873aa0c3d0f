import { useMutation, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/settings";
import { useState } from "react";
import { applyConfiguration, applyImport, exportAddress, planConfiguration, planImport } from "../../api/config";
import type { ConfigurationPlan } from "../../api/model";
import { explainError } from "../../api/problem";
import { applyStructure } from "../../live/apply";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { LineField } from "../../ui/LineField";
import { Notice } from "../../ui/Notice";
import { PickField } from "../../ui/PickField";
import { Section } from "../../ui/Section";
import { counted } from "../../util/number";
import { PlanTable } from "./PlanTable";
import "./settings.css";

const formats = [
  { value: "torch", label: t.torchsOwnConfigurationYaml },
  { value: "kuma", label: t.uptimeKumaBackupJson },
  { value: "gatus", label: t.gatusYaml },
  { value: "prometheus", label: t.prometheusAndBlackboxExporter },
  { value: "healthchecks", label: t.healthchecksItsApisJson },
  { value: "services", label: t.universalMonitoringToolJson },
  { value: "csv", label: t.tableCsv },
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
          <h1>{t.importAndExport}</h1>
          <p className="sub t3">{t.allOfItInOneStepOrNothingWhatIt}</p>
        </div>
      </div>
      <Section title={t.export} note={t.secretsStayOutOfIt}>
        <p className="t2">{t.nodesRulesChecksDependencies}</p>
        <p>
          <a className="btn" href={exportAddress} download="torch.yaml">
            {t.downloadTorchYaml}
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
      <Section title={t.import} note={source.names || t.aFileOfTorchOrOfAnotherSystem}>
        <div className="transfer form">
          <PickField
            label={t.kindOfFile}
            value={source.format}
            options={formats}
            onChange={(format) => change({ format, text: "", names: "" })}
          />
          <Field label={t.file} help={source.format === "prometheus" ? t.chooseBothFiles : undefined}>
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
              {t.deleteWhatTheFileDoesNotName}
            </label>
          ) : (
            <LineField
              label={t.nameOfTheHierarchy}
              help={t.theSystemsNameWhereItIsEmpty}
              maxLength={200}
              value={source.root}
              onChange={(root) => change({ root })}
            />
          )}
          <div>
            <Button
              needs="write"
              busy={plan.isPending}
              because={!source.text && t.chooseAFileFirst}
              onClick={() => plan.mutate()}
            >
              {t.showWhatItWouldDo}
            </Button>
          </div>
        </div>
        {fault ? (
          <p className="err" role="alert">
            {t.nothingWasChanged(explainError(fault))}
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
        <Section title={t.notCarried} note={counted(left.length, t.things)}>
          <ul className="t2">
            {left.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
        </Section>
      ) : null}
      <Section
        title={plan.applied ? t.whatWasDone : t.whatItWouldDo}
        note={t.asWanted(counted(Number(plan.unchanged), t.objects))}
        end={
          plan.applied ? null : (
            <Button
              needs="write"
              look="primary"
              busy={busy}
              because={nothing && t.thereIsNothingToDo}
              onClick={onApply}
            >
              {gone > 0 ? t.applyAndDelete(gone) : t.apply}
            </Button>
          )
        }
      >
        {plan.applied ? <Notice title={t.allOfItIsInForce} /> : null}
        {plan.notes.map((note) => (
          <p key={note} className="t2">
            {note}
          </p>
        ))}
        {nothing ? <p className="t3">{t.everythingIsAsTheFileHasIt}</p> : <PlanTable changes={plan.changes} />}
      </Section>
    </>
  );
}
