import { t } from "@texts/access";
import type { PushKeyMade } from "../../api/model";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";

/** How each system's scripts push, in the order in which people have them. */
const systems = [
  { key: "kuma", name: "Uptime Kuma", asks: t.itsPushUrlThePingIsAppendedByThe },
  { key: "healthchecks", name: "Healthchecks", asks: t.itsPingUrlWithStartFailOrAnExit },
  { key: "gatus", name: "Gatus", asks: t.itsExternalEndpointWithTheToken },
  {
    key: "alertmanager",
    name: "Alertmanager",
    asks: t.theWebhooksUrlWithTheTokenAsHttp,
  },
] as const;

/** A push key, shown this once, with the addresses to push to. */
export function PushKeyShown({ made, onClose }: { made: PushKeyMade; onClose: () => void }) {
  return (
    <Dialog title={t.whereToPush} onClose={onClose} wide>
      <div className="form">
        <p className="t2">{t.theTokenIsShownOnceTorchKeeps}</p>
        <div className="fl">
          <span className="lb">{t.token}</span>
          <CopyBox text={made.token} label={t.token} />
        </div>
        {systems.map(({ key, name, asks }) => {
          const url = made.urls[key];
          return url ? (
            <div className="fl" key={key}>
              <span className="lb">{name}</span>
              <CopyBox text={url} label={t.urlFor(name)} />
              <span className="t3 small">{asks}</span>
            </div>
          ) : null;
        })}
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            {t.iHaveIt}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
