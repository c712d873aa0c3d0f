import { useQuery, useQueryClient } from "@tanstack/react-query";
import { t } from "@texts/statuspages";
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
          <h1>{t.statusPages}</h1>
          <p className="sub t3">{t.whatEverybodyMaySeeWithoutAn}</p>
        </div>
        <div className="acts">
          <Button needs="admin" look="primary" onClick={() => ask({ what: "new" })}>
            {t.newPage}
          </Button>
        </div>
      </div>
      <Section title={t.pages}>
        <Reading query={pages} what={t.theStatusPages} rows={3}>
          {(found) =>
            found.items.length > 0 ? (
              <Table pages={found.items} onAsk={ask} />
            ) : (
              <Empty title={t.nothingIsPublic}>
                <p>{t.pickTheNodesThatOthersDependOn}</p>
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
          title={t.delete(asked.page.title)}
          action={t.delete2}
          onClose={close}
          onConfirm={async () => {
            await deleteStatusPage(asked.page.id);
            await client.invalidateQueries({ queryKey: statusPagesKey });
          }}
          explain={explainError}
        >
          <p>{t.itsAddressAndTheBadgesOfItsNodes}</p>
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
          <th>{t.page}</th>
          <th>{t.address}</th>
          <th className="num">{t.nodes}</th>
          <th>
            <span className="vh">{t.actions}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {pages.map((page) => (
          <tr key={page.id}>
            <td>{page.title}</td>
            <td className="t2">
              {page.published ? <a href={`/status/${page.slug}`}>{t.status(page.slug)}</a> : t.notPublished(page.slug)}
            </td>
            <td className="num">{page.entries.length}</td>
            <td className="num">
              <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "edit", page })}>
                {t.edit}
              </Button>
              <Button needs="admin" small look="quiet" onClick={() => onAsk({ what: "delete", page })}>
                {t.delete2}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
