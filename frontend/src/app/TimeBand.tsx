import { t } from "@texts/app";
import { useEffect, useRef, useState } from "react";
import { useInstant } from "../live/useInstant";
import { Button } from "../ui/Button";
import { Select } from "../ui/Select";
import { fromLocalInput, localInput } from "../ui/UntilField";
import { exactAge, moment, utc, zone } from "../util/time";
import "./timeband.css";

const hour = 3_600_000;
const spans = [
  { value: "1", label: t.lastHour },
  { value: "24", label: t.last24H },
  { value: "168", label: t.last7D },
  { value: "720", label: t.last30D },
  { value: "2160", label: t.last90D },
] as const;
type Span = (typeof spans)[number]["value"];

/** Steps of the slider over its span, and how many of them Earlier and Later take. */
const steps = 480;
const stride = 20;

/** The smallest span that an instant is within. */
const spanOf = (at: string | undefined): Span =>
  (at && spans.find(({ value }) => Date.now() - Date.parse(at) < Number(value) * hour)?.value) || "24";

/** Looks at the page as of another time. What is asked for is asked when the slider rests. */
export function TimeBand({ onClose }: { onClose: () => void }) {
  const [at, look] = useInstant();
  const [span, setSpan] = useState<Span>(() => spanOf(at));
  const [draft, setDraft] = useState<number>();
  const slider = useRef<HTMLInputElement>(null);
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined);
  const now = Date.now();
  const step = (Number(span) * hour) / steps;
  const shown = draft ?? (at ? Date.parse(at) : now);

  // Who opens the band wants to move; who follows a link to another time wants to read.
  const [opened] = useState(at === undefined);
  useEffect(() => {
    if (opened) slider.current?.focus();
  }, [opened]);
  useEffect(() => () => clearTimeout(rest.current), []);

  const go = (to: number) => {
    clearTimeout(rest.current);
    setDraft(undefined);
    look(to >= Date.now() - step / 2 ? undefined : new Date(Math.floor(to / 1000) * 1000).toISOString());
  };
  const slide = (to: number) => {
    setDraft(to);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => go(to), 300);
  };
  const leave = () => {
    look(undefined);
    onClose();
  };
  return (
    <section className={`timeband${at ? " then" : ""}`} aria-label={t.time2}>
      <b className="nw" title={utc(new Date(shown).toISOString())}>
        {at || draft ? moment(new Date(shown).toISOString()) : t.now2}{" "}
        <span className="t3">{at || draft ? zone() : ""}</span>
      </b>
      <span className="t3 nw ago">{at || draft ? t.ago(exactAge(now - shown)) : t.moveTheSliderToAnotherTime}</span>
      <input
        ref={slider}
        type="range"
        aria-label={t.lookAtAnotherTime3}
        aria-valuetext={moment(new Date(shown).toISOString())}
        min={now - Number(span) * hour}
        max={now}
        step={step}
        value={shown}
        onChange={(event) => slide(Number(event.target.value))}
      />
      <Select className="sm" label={t.reachOfTheSlider} value={span} options={spans} onChange={setSpan} />
      <input
        className="field sm"
        type="datetime-local"
        aria-label={t.exactTime}
        step={1}
        value={localInput(new Date(shown).toISOString())}
        onChange={(event) => {
          const to = fromLocalInput(event.target.value);
          if (to && Date.parse(to) <= Date.now()) go(Date.parse(to));
        }}
      />
      <Button small onClick={() => go(shown - stride * step)}>
        {t.earlier}
      </Button>
      <Button small because={!at && t.laterThanNowNothingIsKnown} onClick={() => go(shown + stride * step)}>
        {t.later}
      </Button>
      <Button small onClick={leave}>
        {t.now2} <kbd>Esc</kbd>
      </Button>
    </section>
  );
}
