import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Switch } from "../../ui/Switch";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst, isProblem } from "../../util/status";
import type { Filter } from "./rows";

interface Props {
  counts: ReadonlyMap<string, number>;
  filter: Filter;
  onFilter: (change: Partial<Filter>) => void;
  /** Absent where nothing can be made, because it is the past. */
  onNew?: () => void;
}

/** How many of each, worst first; each is a filter. */
export function Counts({ counts, filter, onFilter, onNew }: Props) {
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
      title={`Show only ${name}`}
      onClick={() => toggle(name)}
    >
      <StatusShape name={name} />
      {isProblem(name) ? <b>{count(counts.get(name) ?? 0)}</b> : count(counts.get(name) ?? 0)} {name}
    </button>
  );
  return (
    <div className="counts">
      <h1 className="vh">Overview</h1>
      {bad.map(chip)}
      {bad.length > 0 && calm.length > 0 ? <span className="sep" /> : null}
      {calm.map(chip)}
      <div className="end row">
        <Switch
          label="Problems only"
          on={filter.problemsOnly}
          onChange={(problemsOnly) => onFilter({ problemsOnly })}
        />
        <Link className="btn quiet hide-p" to={paths.wallboard()}>
          Wallboard
        </Link>
        <Button because={!onNew && "This is the past; go to now to change anything"} onClick={onNew}>
          New hierarchy
        </Button>
      </div>
    </div>
  );
}
