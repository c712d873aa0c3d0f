import { useDisclosure } from "@mantine/hooks";
import { useLocation } from "@tanstack/react-router";
import { t } from "@texts/app";
import { lazy, type ReactNode, Suspense, useEffect, useState } from "react";
import { useInstant } from "../live/useInstant";
import { Button } from "../ui/Button";
import { Empty } from "../ui/Empty";
import { useWhyNot } from "../ui/may";
import { isTyping } from "../util/keys";
import { knowsThePast, paths, showsAll } from "../util/paths";
import { moment } from "../util/time";
import { Bar } from "./Bar";
import { Nav } from "./Nav";
import { NotLive } from "./NotLive";
import { StatusBar } from "./StatusBar";
import { Tabs } from "./Tabs";

const Help = lazy(() => import("./Help"));
const TimeBand = lazy(async () => ({ default: (await import("./TimeBand")).TimeBand }));

/** The frame of every page. */
export function Shell({ children, actor }: { children: ReactNode; actor: string | null }) {
  const [help, { open, close }] = useDisclosure(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "?" && !isTyping(event.target)) open();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [open]);
  const { pathname } = useLocation();
  const limited = useWhyNot("all");
  const closed = showsAll(pathname) ? limited : undefined;
  const [time, setTime] = useTime(knowsThePast(pathname));
  const [at, look] = useInstant();
  const main = (
    <main id="main" tabIndex={-1}>
      <Suspense>{time ? <TimeBand onClose={() => setTime(false)} /> : null}</Suspense>
      {at && !knowsThePast(pathname) ? (
        <div className="note-line" role="status">
          <span>{t.thisPageShowsThePresent(moment(at))}</span>
          <Button small onClick={() => look(undefined)}>
            {t.now2}
          </Button>
        </div>
      ) : null}
      <NotLive />
      <Suspense>
        {closed ? (
          <Empty title={t.thisPageIsNotForYou}>
            <p>{closed}.</p>
          </Empty>
        ) : (
          children
        )}
      </Suspense>
    </main>
  );
  // A wall has nobody to navigate.
  if (pathname === paths.wallboard()) return <div className="app bare">{main}</div>;
  return (
    <div className="app">
      <a className="skip" href="#main">
        {t.skipToTheContent}
      </a>
      <Nav />
      <Bar actor={actor} onTime={() => setTime(!time)} timeOpen={time} />
      {main}
      <StatusBar onHelp={open} />
      <Tabs actor={actor} />
      <Suspense>{help ? <Help onClose={close} /> : null}</Suspense>
    </div>
  );
}

/** `t` opens the band of the time, Esc goes back to now. It stays open while another time is looked at. */
function useTime(possible: boolean): [boolean, (open: boolean) => void] {
  const [at, look] = useInstant();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!possible || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "t" && !isTyping(event.target)) setOpen(true);
      if (event.key !== "Escape" || document.querySelector("[role=dialog]")) return;
      setOpen(false);
      if (at) look(undefined);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [possible, at, look]);
  const close = (to: boolean) => {
    setOpen(to);
    if (!to && at) look(undefined);
  };
  return [possible && (open || at !== undefined), close];
}
