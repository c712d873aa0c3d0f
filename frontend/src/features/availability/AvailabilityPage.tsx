import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { t } from "@texts/availability";
import { language } from "@texts/language";
import { rankingQuery } from "../../api/availability";
import type { RankedNode } from "../../api/model";
import { nodeQuery } from "../../api/queries";
import { Reading } from "../../live/Reading";
import { Status } from "../../live/Status";
import { useInstant } from "../../live/useInstant";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { Said } from "../../ui/Said";
import { Select } from "../../ui/Select";
import { count, counted, none } from "../../util/number";
import { paths } from "../../util/paths";
import { exactAge, moment, utc } from "../../util/time";
import "./availability.css";

const ranges = [
  { value: "24", label: t.last24H },
  { value: "168", label: t.last7D },
  { value: "720", label: t.last30D },
  { value: "2160", label: t.last90D },
  { value: "8760", label: t.lastYear },
] as const;
const kinds = [
  { value: "all", label: t.devicesAndGroups },
  { value: "leaf", label: t.devices },
  { value: "group", label: t.groups },
] as const;
const orders = [
  { value: "worst", label: t.worstFirst },
  { value: "best", label: t.bestFirst },
] as const;

interface Asked {
  hours?: number | string;
  kind?: string;
  order?: string;
  root?: string;
}

const oneOf = <T extends string>(options: readonly { value: T }[], asked: unknown, usual: T): T =>
  options.find(({ value }) => value === String(asked))?.value ?? usual;

/** Nodes by how available they were. What is asked for stands in the address. */
export function AvailabilityPage() {
  const asked = useSearch({ strict: false }) as Asked;
  const [at] = useInstant();
  const navigate = useNavigate();
  const hours = oneOf(ranges, asked.hours, "720");
  const kind = oneOf(kinds, asked.kind, "all");
  const order = oneOf(orders, asked.order, "worst");
  const set = (change: Asked) =>
    void navigate({
      to: paths.availability(),
      search: ((known: object) => ({ ...known, ...change })) as never,
      replace: true,
    });
  const ranking = useInfiniteQuery(rankingQuery({ hours: Number(hours), to: at, kind, order, root: asked.root }));
  return (
    <>
      <div className="head">
        <div>
          <h1>{t.availability}</h1>
          <p className="sub">
            {asked.root ? <Below id={asked.root} /> : t.allNodes}
            {t.byTheShareOfTheTimeThatTheyWere}
          </p>
        </div>
        <div className="acts">
          <Select label={t.range} value={hours} options={ranges} onChange={(to) => set({ hours: Number(to) })} />
          <Select label={t.whichNodes} value={kind} options={kinds} onChange={(to) => set({ kind: to })} />
          <Select label={t.order} value={order} options={orders} onChange={(to) => set({ order: to })} />
        </div>
      </div>
      <Reading query={ranking} what={t.theRanking} rows={8}>
        {({ pages }) => {
          const [first] = pages;
          const nodes = pages.flatMap((page) => page.items);
          if (!first || nodes.length === 0)
            return (
              <Empty title={t.nothingIsRankedYet}>
                <p>{t.aNodeIsRankedAsSoonAsItHasA}</p>
              </Empty>
            );
          return (
            <>
              <p className="pad t3 small" title={t.to(counted(first.total, t.nodes), utc(first.from), utc(first.to))}>
                {t.to(counted(first.total, t.nodes), moment(first.from), moment(first.to))}
              </p>
              <Ranking nodes={nodes} />
              {ranking.hasNextPage ? (
                <p className="pad more">
                  <Button busy={ranking.isFetchingNextPage} onClick={() => ranking.fetchNextPage()}>
                    {t.showMore}
                  </Button>
                </p>
              ) : null}
            </>
          );
        }}
      </Reading>
    </>
  );
}

function Below({ id }: { id: string }) {
  const node = useQuery(nodeQuery(id));
  const link = (
    <Link className="link" to={paths.node(id)}>
      {node.data?.name ?? t.oneNode}
    </Link>
  );
  return <Said text={t.andBelow} node={link} />;
}

const places = new Intl.NumberFormat(language, { minimumFractionDigits: 3, maximumFractionDigits: 3 });

const Ranking = ({ nodes }: { nodes: readonly RankedNode[] }) => (
  <table className="tbl tight ranking">
    <thead>
      <tr>
        <th className="num c-rank">{t.rank}</th>
        <th>{t.node}</th>
        <th className="c-status hide-p">{t.now}</th>
        <th className="num c-avail">{t.available}</th>
        <th className="c-bar hide-p">
          <span className="vh">{t.notAvailableAsABar}</span>
        </th>
        <th className="num c-span">{t.notAvailable}</th>
        <th className="num c-span hide-p">{t.leftOut}</th>
        <th className="num c-span hide-p">{t.noData}</th>
      </tr>
    </thead>
    <tbody>
      {nodes.map((node) => (
        <Row key={node.nodeId} node={node} />
      ))}
    </tbody>
  </table>
);

function Row({ node }: { node: RankedNode }) {
  const above = node.path.slice(0, -1).join(" / ");
  const known = node.good + node.bad;
  return (
    <tr>
      <td className="num t3">{count(node.rank)}</td>
      <td className="ell" title={node.path.join(" / ")}>
        {above ? <span className="t3 hide-p">{above} / </span> : null}
        <Link to={paths.node(node.nodeId)}>
          <Name of={node.name} />
        </Link>
      </td>
      <td className="hide-p">
        <Status name={node.status} />
      </td>
      <td className="num">{node.availability == null ? none : places.format(node.availability)}</td>
      <td className="hide-p">
        {known > 0 ? (
          <i className="share" style={{ width: `${Math.max(node.bad > 0 ? 1 : 0, (node.bad / known) * 100)}%` }} />
        ) : null}
      </td>
      <td className="num">{node.bad > 0 ? exactAge(node.bad) : none}</td>
      <td className="num t2 hide-p">{node.excluded > 0 ? exactAge(node.excluded) : none}</td>
      <td className="num t2 hide-p">{node.noData > 0 ? exactAge(node.noData) : none}</td>
    </tr>
  );
}
