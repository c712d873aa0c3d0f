import { useMutation } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { tryCheck } from "../../api/commands";
import { explainError } from "../../api/problem";
import { ObservationDetail } from "../../live/ObservationDialog";
import { Button } from "../../ui/Button";
import { Section } from "../../ui/Section";
import { type CheckForm, faultsOf, toCheckRequest } from "./checkForm";

interface Props {
  form: CheckForm;
  /** Something that is typed is no setting: the form says what. */
  onFaults: () => void;
}

/** Asks once with what is typed; nothing is saved, so a name is not needed yet. */
export function Trial({ form, onFaults }: Props) {
  const named = { ...form, name: form.name.trim() || "trial" };
  const trial = useMutation({ mutationFn: (asked: CheckForm) => tryCheck(toCheckRequest(asked)) });
  const start = () => (Object.keys(faultsOf(named)).length > 0 ? onFaults() : trial.mutate(named));
  const isOfBefore = trial.variables && JSON.stringify(trial.variables) !== JSON.stringify(named);
  return (
    <Section
      title={t.test}
      note={t.oneProbeNothingIsSaved}
      end={
        <Button needs="write" small busy={trial.isPending} onClick={start}>
          {trial.isPending ? t.testing : t.test}
        </Button>
      }
    >
      <div aria-live="polite">
        {trial.isError ? <p className="err">{t.itWasNotTested(explainError(trial.error))}</p> : null}
        {trial.data ? (
          <>
            {isOfBefore ? <p className="t3">{t.beforeTheLastChange}</p> : null}
            <ObservationDetail observation={trial.data} />
          </>
        ) : trial.isError ? null : (
          <p className="t3">{trial.isPending ? t.waitingForTheAnswer : t.seeWhatItMeetsBeforeYouSave}</p>
        )}
      </div>
    </Section>
  );
}
