import type { ReactNode } from "react";
import { Icon } from "./Icon";

/** One line that says what happened, what is kept, and what to do. */
export function Notice(props: { title: string; children?: ReactNode; action?: ReactNode; urgent?: boolean }) {
  return (
    <div className="note-line" role={props.urgent ? "alert" : "status"}>
      <Icon name="alert" />
      <span>
        <b>{props.title}</b> <span className="t2">{props.children}</span>
      </span>
      {props.action}
    </div>
  );
}
