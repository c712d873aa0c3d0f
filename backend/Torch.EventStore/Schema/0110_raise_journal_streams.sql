-- As raise_telemetry_streams, for a commit that brings the journal alone: ten thousand transitions at once are one.
create function torch_log.raise_journal_streams(at timestamptz, ids uuid[], types text[], counts integer[]) returns bigint[]
language plpgsql as $$
declare
    raised_slots bigint[];
    raised_before bigint[];
begin
    with raised as (
        update journal.mt_streams s set version = s.version + w.n, timestamp = at
        from unnest(ids, counts) with ordinality as w (id, n, slot) where s.id = w.id and w.n > 0
        returning w.slot, s.version - w.n as before
    )
    select array_agg(r.slot order by r.slot), array_agg(r.before order by r.slot) into raised_slots, raised_before from raised r;
    if cardinality(raised_slots) = cardinality(ids) then
        return raised_before;
    end if;

    insert into journal.mt_streams (id, type, version, timestamp, created)
    select w.id, w.type, w.n, at, at from unnest(ids, types, counts) with ordinality as w (id, type, n, slot)
    where w.n > 0 and w.slot not in (select unnest(raised_slots));
    return (
        select array_agg(b.before order by b.slot) from (
            select r.slot, r.before from unnest(raised_slots, raised_before) as r (slot, before)
            union all
            select w.slot, 0 from unnest(ids) with ordinality as w (id, slot) where w.slot not in (select unnest(raised_slots))
        ) b
    );
end $$;
