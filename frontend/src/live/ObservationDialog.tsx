import { t } from "@texts/live";
import type { Certificate } from "../api/model";
import { Dialog } from "../ui/Dialog";
import { counted, latency, value } from "../util/number";
import { clock, moment, utc, zone } from "../util/time";
import { learnedLate } from "./learned";
import { codeOrValue, Outcome, type Seen } from "./outcome";
import { type Fact, protocolFacts, runFacts } from "./probeFacts";

/** Everything that one observation knows. */
export default function ObservationDialog({ check, observation: o, onClose }: Seen & { onClose: () => void }) {
  return (
    <Dialog title={`${check ? `${check}, ` : ""}${clock(o.at)}`} onClose={onClose} wide>
      <ObservationDetail observation={o} />
    </Dialog>
  );
}

export function ObservationDetail({ observation: o }: Pick<Seen, "observation">) {
  const headers = Object.entries(o.headers ?? {});
  const metrics = Object.entries(o.metrics ?? {});
  return (
    <div className="obs-detail">
      <dl className="kv">
        <dt>{t.outcome}</dt>
        <dd>
          <Outcome word={o.outcome} /> {o.cause ? <span className="t3">{o.cause.replaceAll("_", " ")}</span> : null}
        </dd>
        <dt>{t.codeOrValue}</dt>
        <dd>{codeOrValue(o)}</dd>
        {o.message ? (
          <>
            <dt>{t.message}</dt>
            <dd>{o.message}</dd>
          </>
        ) : null}
        <dt>{t.at}</dt>
        <dd title={utc(o.at)}>
          {moment(o.at)} {zone()}
        </dd>
        <Learned observation={o} />
        {o.certificate ? <CertificateLines {...o.certificate} /> : null}
        {[...protocolFacts(o), ...runFacts(o)].map((fact) => (
          <FactLine key={fact.label} {...fact} />
        ))}
        {metrics.map(([name, n]) => (
          <MetricLine key={name} name={name} n={Number(n)} />
        ))}
      </dl>
      {o.latency ? <Phases {...o.latency} /> : null}
      {headers.length > 0 ? (
        <>
          <h3>{t.headers}</h3>
          <pre className="code plain">{headers.map(([name, text]) => `${name}: ${text}`).join("\n")}</pre>
        </>
      ) : null}
      {o.text ? (
        <>
          <h3>{t.text}</h3>
          <pre className="code plain">{o.text}</pre>
        </>
      ) : null}
    </div>
  );
}

/** Only of what came late: everything else was learned as it happened. */
function Learned({ observation: o }: Pick<Seen, "observation">) {
  const at = learnedLate(o);
  if (!at) return null;
  return (
    <>
      <dt>{t.learned2}</dt>
      <dd title={utc(at)}>
        {moment(at)} {zone()} {o.tooLate ? <span className="t3">{t.tooLateToCountItChangedNoStatus}</span> : null}
      </dd>
    </>
  );
}

function CertificateLines({ subject, issuer, notAfter, daysLeft }: Certificate) {
  return (
    <>
      <dt>{t.certificate}</dt>
      <dd>
        {subject}, {daysLeft < 0 ? t.expired : t.left(counted(Math.floor(Number(daysLeft)), t.days))}{" "}
        <span className="t3">{t.until2(utc(notAfter).slice(0, 10))}</span>
      </dd>
      <dt>{t.signedBy}</dt>
      <dd>{issuer}</dd>
    </>
  );
}

function FactLine({ label, text, mono, lines }: Fact) {
  return (
    <>
      <dt>{label}</dt>
      <dd className={mono ? "mono" : ""}>
        {lines ? (
          <ol className="chain">
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ol>
        ) : (
          text
        )}
      </dd>
    </>
  );
}

const MetricLine = ({ name, n }: { name: string; n: number }) => (
  <>
    <dt className="mono">{name}</dt>
    <dd>{value(n)}</dd>
  </>
);

interface PhaseTimes {
  resolve?: number | null;
  connect?: number | null;
  tls?: number | null;
  firstByte?: number | null;
  transfer?: number | null;
  total: number;
}

/** One bar, its parts as long as they took. */
function Phases(times: PhaseTimes) {
  const parts = [
    ["resolve", times.resolve, 1],
    ["connect", times.connect, 2],
    ["TLS", times.tls, 3],
    ["processing", times.firstByte, 4],
    ["transfer", times.transfer, 5],
  ] as const;
  return (
    <figure className="phases">
      <div className="phasebar" aria-hidden="true">
        {parts.map(([word, ms, shade]) => (
          <i key={word} style={{ flexGrow: Number(ms ?? 0), background: `var(--series-${shade})` }} />
        ))}
      </div>
      <figcaption className="legend">
        {parts.map(([word, ms, shade]) => (
          <span key={word}>
            <i style={{ background: `var(--series-${shade})` }} />
            {word} {latency(ms)}
          </span>
        ))}
        <span>{t.total(latency(times.total))}</span>
      </figcaption>
    </figure>
  );
}
