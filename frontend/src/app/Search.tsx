import { useNavigate, useRouterState } from "@tanstack/react-router";
import { t } from "@texts/app";
import { useEffect, useRef } from "react";
import { Icon } from "../ui/Icon";
import { isTyping } from "../util/keys";
import { atThatTime, paths } from "../util/paths";

/** What is typed stands in the URL; the overview shows what matches. */
export function Search() {
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const { pathname, search } = useRouterState({ select: (s) => s.location });
  const onOverview = pathname === paths.overview();
  const query = onOverview ? String((search as { q?: unknown }).q ?? "") : "";

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "/" || isTyping(event.target) || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);

  const show = (q: string) =>
    navigate({
      to: paths.overview(),
      search: ((known: object) => ({
        ...(onOverview ? known : atThatTime(known)),
        q: q || undefined,
      })) as never,
      replace: onOverview,
    });

  return (
    <label className="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label={t.searchNodes}
        placeholder={t.searchNodesAndTags}
        value={query}
        onChange={(event) => void show(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" && event.key !== "Enter") return;
          if (event.key === "Escape") void show("");
          event.currentTarget.blur();
        }}
      />
      <kbd>/</kbd>
    </label>
  );
}
