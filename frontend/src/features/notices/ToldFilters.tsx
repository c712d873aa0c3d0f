import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/notices";
import { channelsQuery, type NoticeFilter } from "../../api/notices";
import { Select } from "../../ui/Select";
import { type ChangeFilter, states } from "./useToldFilter";

/** To which channel, and what became of it there. */
export function ToldFilters({ filter, set }: { filter: NoticeFilter; set: ChangeFilter }) {
  const channels = useQuery(channelsQuery()).data?.items ?? [];
  const known = channels.map(({ id, name }) => ({ value: id, label: name }));
  const { channel = "", state = "" } = filter;
  const gone = channel !== "" && known.every(({ value }) => value !== channel);
  return (
    <div className="told-filters" role="search" aria-label={t.filterTheMessages}>
      <Select
        label={t.channel}
        value={channel}
        options={[
          { value: "", label: t.anyChannel },
          ...known,
          ...(gone ? [{ value: channel, label: t.aDeletedChannel }] : []),
        ]}
        onChange={(to) => set({ channel: to || undefined })}
      />
      <Select
        label={t.whatBecameOfIt}
        value={state}
        options={[{ value: "", label: t.anyOutcome }, ...states.map((value) => ({ value, label: value }))]}
        onChange={(to) => set({ state: to || undefined })}
      />
    </div>
  );
}
