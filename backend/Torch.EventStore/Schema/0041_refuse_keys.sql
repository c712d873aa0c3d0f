-- Members whose key was used within 24 hours. Runs under the append lock. A commit never holds one key twice.
-- In plpgsql only because its plans are kept between calls; PostgreSQL 15 plans a function in SQL anew each time.
create function torch_log.refuse_keys(
    at timestamptz, members integer[], scopes text[], keys text[], hashes bytea[]
) returns torch_log.refusal[]
language plpgsql as $$
begin
    return (
        select array_agg((k.member, case when used.request_hash = k.hash then 2 else 3 end, used.position, 0, used.answer)::torch_log.refusal)
        from unnest(members, scopes, keys, hashes) as k (member, scope, key, hash)
        cross join lateral (
            select i.request_hash, i.position, i.answer
            from torch_log.idempotency_keys i
            where i.scope = k.scope and i.key = k.key and i.created_at > at - interval '24 hours'
            order by i.created_at desc
            limit 1
        ) used
    );
end $$;
