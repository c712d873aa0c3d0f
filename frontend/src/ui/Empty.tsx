import type { ReactNode } from "react";

/** Nothing here yet: why, and what to do next. */
export function Empty(props: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{props.title}</h2>
      {props.children}
      {props.actions ? <div className="row">{props.actions}</div> : null}
    </div>
  );
}
