import { useRouter } from "@tanstack/react-router";
import { type MouseEvent, type PointerEvent, useMemo } from "react";
import { atThatTime, paths } from "../../util/paths";

const linkOf = (target: EventTarget) =>
  target instanceof Element ? (target.closest("a[data-node]") as HTMLAnchorElement | null) : null;

/** Follows the plain links of the rows: one listener instead of hundreds of the router's links. Whoever looks at another time goes on doing so. */
export function useNodeLinks() {
  const router = useRouter();
  return useMemo(() => {
    const to = (link: HTMLAnchorElement) => ({
      to: paths.node(link.dataset.node ?? ""),
      search: ((known: object) => atThatTime(known)) as never,
    });
    return {
      onClick: (event: MouseEvent) => {
        const link = linkOf(event.target);
        if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        void router.navigate(to(link));
      },
      onPointerOver: (event: PointerEvent) => {
        const link = linkOf(event.target);
        if (link) void router.preloadRoute(to(link) as never).catch(() => {});
      },
    };
  }, [router]);
}
