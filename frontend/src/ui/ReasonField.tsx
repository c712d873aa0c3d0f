import { t } from "@texts/ui";
import { LineField } from "./LineField";

/** Why somebody does something that others will ask about. */
export function ReasonField(props: {
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  autoFocus?: boolean;
}) {
  const { value, onChange, error, autoFocus } = props;
  return (
    <LineField
      label={t.reason}
      help={t.othersWillReadIt}
      error={error}
      maxLength={1000}
      value={value}
      onChange={onChange}
      {...(autoFocus ? { "data-autofocus": true } : {})}
    />
  );
}

/** Why a button that needs a reason cannot be used yet. */
export const needsReason = (reason: string) => (reason.trim() === "" ? t.giveAReasonFirstOthersWillReadIt : undefined);
