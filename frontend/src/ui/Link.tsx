import { Link as RouterLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
  search?: Record<string, string | undefined>;
}

/** A link inside the app. `to` comes from `paths`. */
export const Link = ({ to, search, ...rest }: Props) => <RouterLink to={to} search={search as never} {...rest} />;
