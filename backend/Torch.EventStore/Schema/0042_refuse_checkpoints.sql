-- Members whose checkpoint somebody else has moved. Runs under the append lock.
-- In plpgsql only because its plans are kept between calls; PostgreSQL 15 plans a function in SQL anew each time.
create function torch_log.refuse_checkpoints(members integer[], names text[], froms bigint[]) returns torch_log.refusal[]
language plpgsql as $$
begin
    return (
        select array_agg((c.member, 4, coalesce(p.last_seq_id, 0), c.number, null)::torch_log.refusal)
        from unnest(members, names, froms) with ordinality as c (member, name, from_position, number)
        left join journal.mt_event_progression p on p.name = c.name
        where coalesce(p.last_seq_id, 0) <> c.from_position
    );
end $$;
