-- Raises the version of each stream by its count and makes the streams that are new. Answers each stream's version before.
-- In plpgsql only because its plans are kept between calls; PostgreSQL 15 plans a function in SQL anew each time.
create function torch_log.raise_streams(
    at timestamptz, logs smallint[], ids uuid[], types text[], counts integer[]
) returns bigint[]
language plpgsql as $$
declare
    versions_before bigint[];
begin
    with wanted as materialized (
        select * from unnest(logs, ids, types, counts) with ordinality as s (log, id, type, n, slot)
    ), journal_raised as (
        update journal.mt_streams s set version = s.version + w.n, timestamp = at
        from wanted w where w.log = 0 and w.n > 0 and s.id = w.id
        returning w.slot, s.version - w.n as before
    ), telemetry_raised as (
        update telemetry.mt_streams s set version = s.version + w.n, timestamp = at
        from wanted w where w.log = 1 and w.n > 0 and s.id = w.id
        returning w.slot, s.version - w.n as before
    ), journal_made as (
        insert into journal.mt_streams (id, type, version, timestamp, created)
        select w.id, w.type, w.n, at, at from wanted w
        where w.log = 0 and w.n > 0 and w.slot not in (select slot from journal_raised)
    ), telemetry_made as (
        insert into telemetry.mt_streams (id, type, version, timestamp, created)
        select w.id, w.type, w.n, at, at from wanted w
        where w.log = 1 and w.n > 0 and w.slot not in (select slot from telemetry_raised)
    ), raised as (
        select * from journal_raised union all select * from telemetry_raised
    )
    select array_agg(b.before order by b.slot) into versions_before from (
        select slot, before from raised
        union all
        select w.slot, 0 from wanted w where w.slot not in (select slot from raised)
    ) b;
    return versions_before;
end $$;
