import type { ButtonHTMLAttributes } from "react";
import { type Need, useWhyNot } from "./may";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  look?: "plain" | "primary" | "quiet";
  small?: boolean;
  /** Why it cannot be used now. The button stays, reachable by keyboard, and says so. */
  because?: string | undefined | false;
  busy?: boolean;
  /** The right that it takes; who has it not is told so. */
  needs?: Need;
}

const looks = { plain: "", primary: " pri", quiet: " quiet" } as const;

export function Button(props: Props) {
  const { look = "plain", small, because, busy, needs, onClick, className = "", children, ...rest } = props;
  const why = useWhyNot(needs) ?? because;
  const off = Boolean(why) || busy === true;
  return (
    <button
      type="button"
      {...rest}
      className={`btn${looks[look]}${small ? " sm" : ""} ${className}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={why || rest.title}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
}
