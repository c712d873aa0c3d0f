import { useState } from "react";
import type { LogFilter } from "../../api/logs";
import type { LogCountView, LogSeverity } from "../../api/model";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { TimeField } from "../../ui/TimeField";
import { agentsOf, componentsOf, levels } from "./logWords";
import type { ChangeFilter } from "./useLogFilter";

interface Props {
  filter: LogFilter;
  set: ChangeFilter;
  counts: readonly LogCountView[];
}

const nothing = {
  level: undefined,
  component: undefined,
  agent: undefined,
  text: undefined,
  from: undefined,
  to: undefined,
};

export function LogFilters({ filter, set, counts }: Props) {
  const agents = agentsOf(counts);
  return (
    <div className="log-filters" role="search" aria-label="Search the logs">
      <Select
        label="Level"
        value={filter.level ?? ""}
        options={[
          { value: "", label: "any level" },
          ...(Object.keys(levels) as LogSeverity[])
            .slice(1)
            .map((value) => ({ value, label: value === "critical" ? value : `${value} or worse` })),
        ]}
        onChange={(level) => set({ level: level || undefined })}
      />
      <Select
        label="Component"
        value={filter.component ?? ""}
        options={[{ value: "", label: "any component" }, ...withOwn(componentsOf(counts), filter.component)]}
        onChange={(component) => set({ component: component || undefined })}
      />
      {agents.length > 0 || filter.agent ? (
        <Select
          label="Agent"
          value={filter.agent ?? ""}
          options={[{ value: "", label: "servers and agents" }, ...withOwn(agents, filter.agent)]}
          onChange={(agent) => set({ agent: agent || undefined })}
        />
      ) : null}
      <Text key={filter.text ?? ""} text={filter.text ?? ""} onChange={(text) => set({ text: text || undefined })} />
      <TimeField label="From" value={filter.from} onChange={(from) => set({ from })} />
      <TimeField label="To" value={filter.to} onChange={(to) => set({ to })} />
      {Object.keys(filter).length > 0 ? (
        <Button look="quiet" onClick={() => set(nothing)}>
          All lines
        </Button>
      ) : null}
    </div>
  );
}

/** What the address asks for can be chosen, also where nothing of it is kept. */
const withOwn = (known: readonly string[], own: string | undefined) =>
  own && !known.includes(own) ? [...known, own] : known;

/** Asked for when it is whole, not letter by letter. */
function Text({ text: said, onChange }: { text: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(said);
  const done = () => text.trim() !== said && onChange(text.trim());
  return (
    <input
      className="field text"
      type="search"
      aria-label="Text in the message"
      placeholder="text in the message"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={done}
      onKeyDown={(event) => event.key === "Enter" && done()}
    />
  );
}
