import { t } from "@texts/ui";
import { type ReactNode, useId } from "react";

/** A part of a page: a head, a hairline, space. */
export function Section(props: { title: string; note?: ReactNode; end?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className="sec" aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.note ? <span className="t3 small">{props.note}</span> : null}
        {props.end ? <span className="end">{props.end}</span> : null}
      </header>
      {props.children}
    </section>
  );
}

/** Every chart has a table view. */
export function TableSwitch({ table, onChange }: { table: boolean; onChange: (table: boolean) => void }) {
  return (
    <button type="button" className="btn sm quiet" aria-pressed={table} onClick={() => onChange(!table)}>
      {table ? t.chart : t.table}
    </button>
  );
}
