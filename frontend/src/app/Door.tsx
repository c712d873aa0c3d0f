import type { FormEvent, ReactNode } from "react";
import "./signin.css";

/** What stands before the app: a short form on a page of its own. */
export function Door({ onSubmit, children }: { onSubmit: (event: FormEvent) => void; children: ReactNode }) {
  return (
    <main className="signin">
      <form className="form" noValidate onSubmit={onSubmit}>
        <h1 className="row">
          <svg className="flame" aria-hidden="true">
            <use href="#i-brand" />
          </svg>
          Torch
        </h1>
        {children}
      </form>
    </main>
  );
}
