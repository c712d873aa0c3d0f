import { useQuery } from "@tanstack/react-query";
import { Outlet, useLocation } from "@tanstack/react-router";
import { t } from "@texts/app";
import { lazy, Suspense, useCallback, useRef, useState } from "react";
import type { SessionView } from "../api/model";
import { explainError } from "../api/problem";
import { sessionQuery } from "../api/queries";
import { LiveProvider } from "../live/LiveProvider";
import { Told, useTold } from "../live/told";
import { UndoProvider } from "../live/Undo";
import { useStatusLooks } from "../live/useStatusLooks";
import { Button } from "../ui/Button";
import { May, type Need } from "../ui/may";
import { Notice } from "../ui/Notice";
import { paths } from "../util/paths";
import { Shell } from "./Shell";

// Who is signed in does not load them.
const SignIn = lazy(async () => ({ default: (await import("./SignIn")).SignIn }));
const SetUp = lazy(() => import("./SetUp"));

/** Signed in, or not needed: the app. Otherwise the one question that opens it. */
export function App() {
  const session = useQuery(sessionQuery());
  const { pathname } = useLocation();
  if (session.isPending) return null;
  if (session.isError)
    return (
      <Notice title={t.torchDoesNotAnswer} urgent action={<Button onClick={() => session.refetch()}>{t.again}</Button>}>
        {explainError(session.error)}
      </Notice>
    );
  if (session.data.setup && pathname === paths.setup())
    return (
      <Suspense>
        <SetUp />
      </Suspense>
    );
  if (session.data.required && !session.data.signedIn)
    return (
      <Suspense>
        <SignIn session={session.data} />
      </Suspense>
    );
  return (
    <May value={whyNot(session.data)}>
      <SignedIn actor={session.data.required ? session.data.actor : null} />
    </May>
  );
}

const missing: Record<Need, string> = {
  read: t.yourKeyMayOnlyReport,
  all: t.youSeeCertainHierarchiesOnly,
  write: t.yourRoleMayLookOnly,
  admin: t.onlyAnAdminMayDoThis,
};

/** Who may change something reads everything, wherever they may change it. */
const whyNot =
  ({ rights, hierarchies }: SessionView) =>
  (need: Need) => {
    const has = need === "all" ? !hierarchies || rights.includes("write") : rights.includes(need);
    return has ? undefined : missing[need];
  };

function SignedIn({ actor }: { actor: string | null | undefined }) {
  const [news, announce] = useNews();
  const looks = useStatusLooks();
  if (!looks) return null;
  return (
    <LiveProvider announce={announce}>
      <UndoProvider>
        <Shell actor={actor ?? null}>
          <Outlet />
        </Shell>
      </UndoProvider>
      <News of={news} />
    </LiveProvider>
  );
}

/** What a reader of the screen is told; nothing else is drawn again for its sake. */
const News = ({ of }: { of: Told<string> }) => (
  <div className="vh" aria-live="polite">
    {useTold(of)}
  </div>
);

/** A reader hears one sentence for a burst of changes, not every one of them. */
function useNews(pauseMs = 1500): [Told<string>, (text: string) => void] {
  const [news] = useState(() => new Told(""));
  const waiting = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback(
    (text: string) => {
      waiting.current.push(text);
      timer.current ??= setTimeout(() => {
        const [first, ...rest] = waiting.current.reverse();
        news.set(() => (rest.length > 0 ? t.andMoreChanges(first, rest.length) : (first ?? "")));
        waiting.current = [];
        timer.current = undefined;
      }, pauseMs);
    },
    [news, pauseMs],
  );
  return [news, announce];
}
