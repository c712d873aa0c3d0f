import { useDisclosure } from "@mantine/hooks";
import { useLocation } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useEffect } from "react";
import { isTyping } from "../util/keys";
import { paths } from "../util/paths";
import { Bar } from "./Bar";
import { Nav } from "./Nav";
import { NotLive } from "./NotLive";
import { StatusBar } from "./StatusBar";
import { Tabs } from "./Tabs";

const Help = lazy(() => import("./Help"));

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
  const main = (
    <main id="main" tabIndex={-1}>
      <NotLive />
      <Suspense>{children}</Suspense>
    </main>
  );
  // A wall has nobody to navigate.
  if (useLocation().pathname === paths.wallboard()) return <div className="app bare">{main}</div>;
  return (
    <div className="app">
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <Nav />
      <Bar actor={actor} />
      {main}
      <StatusBar onHelp={open} />
      <Tabs />
      <Suspense>{help ? <Help onClose={close} /> : null}</Suspense>
    </div>
  );
}
