import type { PushKeyMade } from "../../api/model";
import { Button } from "../../ui/Button";
import { CopyBox } from "../../ui/CopyBox";
import { Dialog } from "../../ui/Dialog";

/** How each system's scripts push, in the order in which people have them. */
const systems = [
  { key: "kuma", name: "Uptime Kuma", asks: "Its push URL. The ping is appended by the script." },
  { key: "healthchecks", name: "Healthchecks", asks: "Its ping URL, with /start, /fail or an exit code behind it." },
  { key: "gatus", name: "Gatus", asks: "Its external endpoint, with the token as the bearer." },
  {
    key: "alertmanager",
    name: "Alertmanager",
    asks: "The webhook's url, with the token as http_config.authorization.",
  },
] as const;

/** A push key, shown this once, with the addresses to push to. */
export function PushKeyShown({ made, onClose }: { made: PushKeyMade; onClose: () => void }) {
  return (
    <Dialog title="Where to push" onClose={onClose} wide>
      <div className="form">
        <p className="t2">
          The token is shown once: Torch keeps only its hash. Put what you need where the script runs.
        </p>
        <div className="fl">
          <span className="lb">Token</span>
          <CopyBox text={made.token} label="Token" />
        </div>
        {systems.map(({ key, name, asks }) => {
          const url = made.urls[key];
          return url ? (
            <div className="fl" key={key}>
              <span className="lb">{name}</span>
              <CopyBox text={url} label={`URL for ${name}`} />
              <span className="t3 small">{asks}</span>
            </div>
          ) : null;
        })}
        <div className="dlg-acts">
          <Button look="primary" onClick={onClose}>
            I have it
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
