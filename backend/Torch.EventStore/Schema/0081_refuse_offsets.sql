-- Members whose spool does not stand where they begin (kind 5, number = where it stands, append = which move). Runs under the append lock.
-- In plpgsql only because its plans are kept between calls; PostgreSQL 15 plans a function in SQL anew each time.
create function torch_log.refuse_offsets(members integer[], spools uuid[], froms bigint[]) returns torch_log.refusal[]
language plpgsql as $$
begin
    return (
        select array_agg((o.member, 5, coalesce(s.last_offset, 0), o.number, null)::torch_log.refusal)
        from unnest(members, spools, froms) with ordinality as o (member, spool, from_offset, number)
        left join torch_log.spool_offsets s on s.spool_id = o.spool
        where coalesce(s.last_offset, 0) <> o.from_offset
    );
end $$;
