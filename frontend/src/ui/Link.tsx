import { Link as RouterLink } from "@tanstack/react-router";
import type { AnchorHTMLAttributes } from "react";
import { atThatTime } from "../util/paths";
import { type Need, useWhyNot } from "./may";

interface Props extends AnchorHTMLAttributes<HTMLAnchorElement> {
  to: string;
  search?: Record<string, string | undefined>;
  /** The right that what it leads to takes; who has it not is told so. */
  needs?: Need;
}

/** A link inside the app. `to` comes from `paths`. */
export function Link({ to, search, needs, ...rest }: Props) {
  const why = useWhyNot(needs);
  // A link that leads nowhere has no address, but keeps its place in the order of the keyboard.
  if (why) return <a {...rest} role="link" aria-disabled="true" tabIndex={0} title={why} />;
  return <RouterLink to={to} search={((known: object) => atThatTime(known, search)) as never} {...rest} />;
}
