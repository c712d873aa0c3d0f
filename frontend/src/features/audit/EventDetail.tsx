import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/audit";
import { auditEntryQuery } from "../../api/audit";
import type { AuditEntry } from "../../api/model";
import { Difference } from "../../live/Difference";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { paths } from "../../util/paths";
import { clock, utc, zone } from "../../util/time";
import { changesOf, spaced } from "./changes";
import { Causes, Effects } from "./EventLinks";
import { dayOf } from "./lines";
import { eventWord } from "./words";

interface Props {
  position: number;
  onOpen: (position: number) => void;
  onClose: () => void;
}

/** One event: who, from where, why, what was before and after, what brought it about, what it brought about. */
export function EventDetail({ position, onOpen, onClose }: Props) {
  const detail = useQuery(auditEntryQuery(position));
  return (
    <aside className="audit-detail" aria-label={t.theEvent} aria-live="polite">
      <Reading
        query={detail}
        what={t.theEvent2}
        rows={5}
        missing={{ title: t.thereIsNoSuchEvent, to: paths.audit(), word: t.allChanges }}
      >
        {(found) => (
          <>
            <What entry={found.entry} onClose={onClose} />
            <Causes links={found.causes} onOpen={onOpen} />
            <Effects detail={found} onOpen={onOpen} />
          </>
        )}
      </Reading>
    </aside>
  );
}

function What({ entry, onClose }: { entry: AuditEntry; onClose: () => void }) {
  const status = entry.type === "node_transitioned";
  return (
    <Section
      title={eventWord(entry.type)}
      note={entry.subject.name ?? spaced(entry.subject.kind)}
      end={
        <>
          <Then entry={entry} />
          <Button small look="quiet" onClick={onClose}>
            {t.close}
          </Button>
        </>
      }
    >
      {status ? <Transition told={entry.after} /> : null}
      <dl className="kv">
        <dt>{t.who}</dt>
        <dd>
          {entry.actor ?? "Torch"}
          {entry.origin ? <span className="t3"> {t.from2(entry.origin)}</span> : null}
        </dd>
        <dt>{t.when}</dt>
        <dd>
          {dayOf(entry.at)},{" "}
          <span className="nw" title={utc(entry.at)}>
            {clock(entry.at)} {zone()}
          </span>
        </dd>
        {status ? null : (
          <>
            <dt>{t.why}</dt>
            <dd>{entry.reason || none}</dd>
          </>
        )}
        <dt>{t.event}</dt>
        <dd>
          <code>
            {entry.type} · position {count(entry.position)}
          </code>
        </dd>
      </dl>
      {status ? null : <BeforeAndAfter entry={entry} />}
    </Section>
  );
}

/** What it was about, as it was at that moment. */
function Then({ entry: { subject, at, type } }: { entry: AuditEntry }) {
  if (subject.kind === "objective" && subject.id)
    return (
      <Link className="btn sm" to={paths.slo(subject.id)} search={{ at }}>
        {t.theObjectiveThen}
      </Link>
    );
  if (subject.kind !== "node" || !subject.id) return null;
  return (
    <>
      {type === "rules_published" ? (
        <Link className="btn sm" to={paths.history(subject.id)}>
          {t.itsRules}
        </Link>
      ) : null}
      <Link className="btn sm" to={paths.node(subject.id)} search={{ at }}>
        {t.theNodeThen}
      </Link>
    </>
  );
}

interface Told {
  from?: string;
  to?: string;
  why?: { sentence?: string; decider?: string; ruleIndex?: number | null; rulesVersion?: number };
}

function Transition({ told }: { told: unknown }) {
  const { from, to, why } = (told ?? {}) as Told;
  return (
    <>
      <p className="whyp">
        {from} → {to ? <Status name={to} /> : null}
      </p>
      {why?.sentence ? <p className="whyp">{why.sentence}</p> : null}
      <p className="t3 small said">
        {why?.decider === "rule" && why.ruleIndex != null
          ? t.decidedByRuleOfVersion(why.ruleIndex + 1, why.rulesVersion)
          : why?.decider
            ? t.decidedByThe(why.decider === "nothing" ? t.lackOfAnythingElse : why.decider)
            : ""}
      </p>
    </>
  );
}

function BeforeAndAfter({ entry }: { entry: AuditEntry }) {
  const changes = changesOf(entry.before, entry.after);
  if (changes.length === 0) return null;
  return (
    <>
      <h3 className="ba">{t.beforeAndAfter}</h3>
      <dl className="kv diffs">
        {changes.map(({ name, before, after }) =>
          `${before}${after}`.includes("\n") ? (
            <div key={name} className="full">
              <dt>{name}</dt>
              <dd>
                <Difference before={before ?? ""} after={after ?? ""} />
              </dd>
            </div>
          ) : (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {before === undefined ? <span className="t3">{t.nothing}</span> : <del>{before}</del>} →{" "}
                {after === undefined ? <span className="t3">{t.nothing}</span> : <ins>{after}</ins>}
              </dd>
            </div>
          ),
        )}
      </dl>
    </>
  );
}
