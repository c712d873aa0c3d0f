import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useState } from "react";
import type { StatusPageView } from "../../api/model";
import { explainError } from "../../api/problem";
import { deleteStatusPage, statusPagesKey, statusPagesQuery } from "../../api/statusPages";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Confirm } from "../../ui/Confirm";
import { Empty } from "../../ui/Empty";
import { Section } from "../../ui/Section";

const StatusPageDialog = lazy(() => import("./StatusPageDialog"));

type Asked = { what: "new" } | { what: "edit" | "delete"; page: StatusPageView };

/** What everybody may see, without an account. */
export function StatusPagesPage() {
  const pages = useQuery(statusPagesQuery());
  const client = useQueryClient();
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  return (
    <>
      <div className="head">
        <div>
          <h1>Status pages</h1>
          <p className="sub t3">
            What everybody may see, without an account: statuses, times and labels, and nothing else of the nodes.
          </p>
        </div>
        <div className="acts">
          <Button look="primary" onClick={() => ask({ what: "new" })}>
            New page
          </Button>
        </div>
      </div>
      <Section title="Pages">
        <Reading query={pages} what="the status pages" rows={3}>
          {(found) =>
            found.items.length > 0 ? (
              <Table pages={found.items} onAsk={ask} />
            ) : (
              <Empty title="Nothing is public">
                <p>Pick the nodes that others depend on. Published, their statuses are also badges and an Atom feed.</p>
              </Empty>
            )
          }
        </Reading>
      </Section>
      <Suspense>
        {asked?.what === "new" ? <StatusPageDialog onClose={close} /> : null}
        {asked?.what === "edit" ? <StatusPageDialog page={asked.page} onClose={close} /> : null}
      </Suspense>
      {asked?.what === "delete" ? (
        <Confirm
          title={`Delete ${asked.page.title}?`}
          action="Delete"
          onClose={close}
          onConfirm={async () => {
            await deleteStatusPage(asked.page.id);
            await client.invalidateQueries({ queryKey: statusPagesKey });
          }}
          explain={explainError}
        >
          <p>Its address and the badges of its nodes answer nobody any more.</p>
        </Confirm>
      ) : null}
    </>
  );
}

function Table({ pages, onAsk }: { pages: readonly StatusPageView[]; onAsk: (asked: Asked) => void }) {
  return (
    <table className="tbl">
      <thead>
        <tr>
          <th>Page</th>
          <th>Address</th>
          <th className="num">Nodes</th>
          <th>
            <span className="vh">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pages.map((page) => (
          <tr key={page.id}>
            <td>{page.title}</td>
            <td className="t2">
              {page.published ? (
                <a href={`/status/${page.slug}`}>/status/{page.slug}</a>
              ) : (
                `${page.slug}, not published`
              )}
            </td>
            <td className="num">{page.entries.length}</td>
            <td className="num">
              <Button small look="quiet" onClick={() => onAsk({ what: "edit", page })}>
                Edit
              </Button>
              <Button small look="quiet" onClick={() => onAsk({ what: "delete", page })}>
                Delete
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
