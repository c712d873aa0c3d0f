import { t } from "@texts/overview";
import { memo } from "react";
import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { Seg } from "../../ui/Seg";
import type { IconName } from "../../ui/Sprite";
import { Switch } from "../../ui/Switch";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst, isProblem } from "../../util/status";
import type { Filter } from "./rows";
import { type View, views } from "./useFilter";

interface Props {
  counts: ReadonlyMap<string, number>;
  filter: Filter;
  onFilter: (change: Partial<Filter>) => void;
  view: View;
  onView: (view: View) => void;
  /** Absent where nothing can be made, because it is the past. */
  onNew?: () => void;
  /** Begins and ends the selecting of rows; absent where there are none. */
  onSelect?: (() => void) | undefined;
  selecting?: boolean;
}

const looks: Record<View, { word: string; icon: IconName }> = {
  table: { word: t.table, icon: "table" },
  tiles: { word: t.tiles, icon: "tiles" },
  treemap: { word: t.treemap, icon: "treemap" },
};

/** How many of each, worst first; each is a filter. */
export function Counts({ counts, ...props }: Props) {
  const { filter, onFilter } = props;
  const names = [...counts.keys()].sort(byWorst);
  const bad = names.filter(isProblem);
  const calm = names.filter((name) => !isProblem(name));
  const toggle = (name: string) => {
    const statuses = new Set(filter.statuses);
    if (!statuses.delete(name)) statuses.add(name);
    onFilter({ statuses });
  };
  const chip = (name: string) => (
    <button
      key={name}
      type="button"
      className="chip"
      aria-pressed={filter.statuses.has(name)}
      title={t.showOnly(name)}
      onClick={() => toggle(name)}
    >
      <StatusShape name={name} />
      {isProblem(name) ? <b>{count(counts.get(name) ?? 0)}</b> : count(counts.get(name) ?? 0)} {name}
    </button>
  );
  return (
    <div className="counts">
      <h1 className="vh">{t.overview}</h1>
      {bad.map(chip)}
      {bad.length > 0 && calm.length > 0 ? <span className="sep" /> : null}
      {calm.map(chip)}
      <Acts {...props} />
    </div>
  );
}

/** What does not change with each count. */
const Acts = memo(function Acts(props: Omit<Props, "counts">) {
  const { filter, onFilter, view, onView, onNew, onSelect, selecting = false } = props;
  return (
    <div className="end row">
      <Switch label={t.problemsOnly} on={filter.problemsOnly} onChange={(problemsOnly) => onFilter({ problemsOnly })} />
      <Seg
        label={t.view}
        value={view}
        options={views.map((value) => ({
          value,
          title: looks[value].word,
          label: (
            <>
              <Icon name={looks[value].icon} />
              <span className="word">{looks[value].word}</span>
            </>
          ),
        }))}
        onChange={onView}
      />
      {onSelect ? (
        <Button look="quiet" aria-pressed={selecting} title={t.selectSeveralNodesX} onClick={onSelect}>
          {t.select}
        </Button>
      ) : null}
      <Link className="btn quiet hide-p" to={paths.wallboard()}>
        {t.wallboard}
      </Link>
      <Button needs="write" because={!onNew && t.thisIsThePastGoToNowToChange} onClick={onNew}>
        {t.newHierarchy}
      </Button>
    </div>
  );
});
