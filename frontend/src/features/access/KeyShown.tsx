import { t } from "@texts/access";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";
import { Said } from "../../ui/Said";
import { moment } from "../../util/time";

interface Props {
  name: string;
  /** Its text. It cannot be shown again: Torch keeps only its hash. */
  text: string;
  previousUntil: string | null;
  onClose: () => void;
}

/** A key, shown this once. */
export function KeyShown({ name, text, previousUntil, onClose }: Props) {
  return (
    <Dialog title={name} onClose={onClose} wide>
      <div className="form">
        <p className="t2">{t.thisKeyIsShownOnceKeepItWhereThe}</p>
        <div className="fl">
          <span className="lb">{t.key}</span>
          <CopyBox text={text} label={t.key2(name)} />
        </div>
        <p className="t2">
          <Said text={t.sendItAs} header={<code>Authorization: Bearer …</code>} />{" "}
          {previousUntil ? t.theTextBeforeWorksUntil(moment(previousUntil)) : null}
        </p>
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            {t.iHaveTheKey}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
