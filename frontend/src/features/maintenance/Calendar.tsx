import { useQuery } from "@tanstack/react-query";
import { language } from "@texts/language";
import { t as texts } from "@texts/maintenance";
import type { CSSProperties } from "react";
import { maintenanceCalendarQuery } from "../../api/maintenance";
import type { MaintenanceOccurrence } from "../../api/model";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { paths } from "../../util/paths";
import { clock, utc, zone } from "../../util/time";
import { addDays, columnsOf, dayKey, daysOf, onDay, placeIn, stepFrom } from "./calendar";

interface Props {
  view: "week" | "month";
  at: Date;
  onShow: (view: "week" | "month", day?: string) => void;
}

export function Calendar({ view, at, onShow }: Props) {
  const days = daysOf(view, at);
  const [first, last] = [days[0] ?? at, days.at(-1) ?? at];
  const calendar = useQuery(maintenanceCalendarQuery(first.toISOString(), addDays(last, 1).toISOString()));
  const go = (by: 1 | -1) => onShow(view, dayKey(stepFrom(view, at, by)));
  return (
    <section className="sec" aria-label={texts.calendar}>
      <div className="sechead calhead">
        <Button small aria-label={texts.earlier(view)} onClick={() => go(-1)}>
          <span className="turned">
            <Icon name="chevron" small />
          </span>
        </Button>
        <Button small onClick={() => onShow(view)}>
          {texts.today}
        </Button>
        <Button small aria-label={texts.later(view)} onClick={() => go(1)}>
          <Icon name="chevron" small />
        </Button>
        <h2>{titleOf(view, at, first, last)}</h2>
        <span className="t3 small">{texts.timesIn(zone())}</span>
        {calendar.isFetching ? <span className="t3 small">{texts.reading}</span> : null}
      </div>
      <Reading query={calendar} what={texts.theCalendar} height={96}>
        {({ items }) => (
          <>
            {view === "week" ? (
              <Week days={days} occurrences={items} />
            ) : (
              <Month days={days} month={at.getMonth()} occurrences={items} />
            )}
            {items.length === 0 ? <p className="t3">{texts.noWindowFallsIntoThis(view)}</p> : null}
          </>
        )}
      </Reading>
    </section>
  );
}

const day = (t: Date, options: Intl.DateTimeFormatOptions) => t.toLocaleDateString(language, options);

const titleOf = (view: "week" | "month", at: Date, first: Date, last: Date) =>
  view === "month"
    ? day(at, { month: "long", year: "numeric" })
    : texts.to(
        day(first, { day: "numeric", month: "short" }),
        day(last, { day: "numeric", month: "short", year: "numeric" }),
      );

const isToday = (t: Date) => dayKey(t) === dayKey(new Date());

interface Shown {
  days: readonly Date[];
  occurrences: readonly MaintenanceOccurrence[];
}

const hours = [0, 6, 12, 18];

/** A day is a column, an hour a height. */
function Week({ days, occurrences }: Shown) {
  return (
    <div className="week">
      <div className="hours" aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} style={{ top: `${(hour / 24) * 100}%` }}>
            {String(hour).padStart(2, "0")}:00
          </span>
        ))}
      </div>
      {days.map((date) => {
        const here = onDay(occurrences, date);
        const columns = columnsOf(here);
        return (
          <div key={dayKey(date)} className={isToday(date) ? "day today" : "day"}>
            <h3>
              {day(date, { weekday: "short" })} {day(date, { day: "numeric" })}
            </h3>
            <ul>
              {here.map((occurrence, i) => {
                const { top, height } = placeIn(occurrence, date);
                const { column = 0, of = 1 } = columns[i] ?? {};
                return (
                  <li
                    key={`${occurrence.windowId} ${occurrence.from}`}
                    style={
                      {
                        "--top": top,
                        "--height": height,
                        left: `${(column / of) * 100}%`,
                        width: `${100 / of}%`,
                      } as CSSProperties
                    }
                  >
                    <Occurrence of={occurrence} />
                  </li>
                );
              })}
            </ul>
          </div>
        );
      })}
    </div>
  );
}

function Month({ days, month, occurrences }: Shown & { month: number }) {
  return (
    <div className="month">
      {days.map((date, i) => (
        <div
          key={dayKey(date)}
          className={`day${isToday(date) ? " today" : ""}${date.getMonth() === month ? "" : " other"}`}
        >
          <h3>
            <span className={i < 7 ? undefined : "only-phone"}>{day(date, { weekday: "short" })} </span>
            {date.getDate()}
          </h3>
          <ul>
            {onDay(occurrences, date).map((occurrence) => (
              <li key={`${occurrence.windowId} ${occurrence.from}`}>
                <Occurrence of={occurrence} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

function Occurrence({ of }: { of: MaintenanceOccurrence }) {
  const from = clock(of.from).slice(0, 5);
  return (
    <Link className="occ" to={paths.window(of.windowId)} title={texts.to2(of.name, utc(of.from), utc(of.to))}>
      <span className="t3">{from}</span> {of.name}
    </Link>
  );
}
