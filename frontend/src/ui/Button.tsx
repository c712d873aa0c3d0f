import type { ButtonHTMLAttributes } from "react";

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "disabled"> {
  look?: "plain" | "primary" | "quiet";
  small?: boolean;
  /** Why it cannot be used now. The button stays, reachable by keyboard, and says so. */
  because?: string | undefined | false;
  busy?: boolean;
}

const looks = { plain: "", primary: " pri", quiet: " quiet" } as const;

export function Button({ look = "plain", small, because, busy, onClick, className = "", children, ...rest }: Props) {
  const off = Boolean(because) || busy === true;
  return (
    <button
      type="button"
      {...rest}
      className={`btn${looks[look]}${small ? " sm" : ""} ${className}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      title={because || rest.title}
      onClick={off ? (event) => event.preventDefault() : onClick}
    >
      {children}
    </button>
  );
}
