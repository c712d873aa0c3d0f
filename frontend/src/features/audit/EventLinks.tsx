import { t } from "@texts/audit";
import type { AuditDetail, AuditLink } from "../../api/model";
import { Said } from "../../ui/Said";
import { Section } from "../../ui/Section";
import { count, counted } from "../../util/number";
import { moment, utc } from "../../util/time";
import { spaced } from "./changes";
import { eventWord } from "./words";

type Opening = { onOpen: (position: number) => void };

const relations: Record<string, string> = { triggered: t.followedFrom, decided: t.decidedBy };

/** What brought an event about. */
export function Causes({ links, onOpen }: Opening & { links: readonly AuditLink[] }) {
  if (links.length === 0) return null;
  return (
    <Section title={t.whyItCameAbout}>
      <ul className="links">
        {links.map((link) => (
          <li key={`${link.relation} ${link.position}`}>
            <span className="t3">{relations[link.relation] ?? link.relation}</span> <One link={link} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function One({ link, onOpen }: Opening & { link: AuditLink }) {
  return (
    <>
      <button type="button" className="linkbtn" onClick={() => onOpen(link.position)}>
        {eventWord(link.type)}, {link.subject.name ?? spaced(link.subject.kind)}
      </button>
      {link.actor ? (
        <>
          {" "}
          <Said text={t.by} actor={<b>{link.actor}</b>} />
        </>
      ) : null}
      , <span title={utc(link.at)}>{moment(link.at)}</span>
      {link.reason ? <span className="t2">: “{link.reason}”</span> : null}
      {link.sentence ? <span className="t2 sentence">{link.sentence}</span> : null}
    </>
  );
}

/** What it brought about. */
export function Effects({ detail: { effects, effectCount }, onOpen }: Opening & { detail: AuditDetail }) {
  if (effects.length === 0) return null;
  return (
    <Section
      title={t.whatItLedTo}
      note={
        effectCount > effects.length
          ? t.theFirstOf(effects.length, count(effectCount))
          : counted(effects.length, t.events)
      }
    >
      <ul className="links">
        {effects.map((link) => (
          <li key={`${link.relation} ${link.position}`}>
            <One link={link} onOpen={onOpen} />
          </li>
        ))}
      </ul>
    </Section>
  );
}
