import { Link as RouterLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { knowsThePast } from "../util/paths";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
  search?: Record<string, string | undefined>;
}

/** Who looks at another time goes on looking at it, on every page that can. */
const atThatTime = (search: Props["search"]) => (known: { at?: unknown }) =>
  known.at === undefined ? (search ?? {}) : { at: known.at, ...search };

/** A link inside the app. `to` comes from `paths`. */
export const Link = ({ to, search, ...rest }: Props) => (
  <RouterLink to={to} search={(knowsThePast(to) ? atThatTime(search) : search) as never} {...rest} />
);
