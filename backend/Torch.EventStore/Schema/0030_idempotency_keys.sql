-- The keys of the last 24 hours. A ring of one partition per hour, emptied by TRUNCATE before its turn comes again: no insert can
-- miss its partition, and nothing is deleted row by row. Uniqueness is decided under the append lock, across all hours.
create table torch_log.idempotency_keys (
    hour smallint not null,                 -- hours since 1970 modulo 26
    scope text not null,
    key text not null,
    request_hash bytea not null,
    answer bytea not null,
    position bigint not null,
    created_at timestamptz not null
) partition by list (hour);

create index idempotency_keys_lookup on torch_log.idempotency_keys (scope, key);

do $$
begin
    for hour in 0..25 loop
        execute format('create table torch_log.%I partition of torch_log.idempotency_keys for values in (%s)',
            'idempotency_keys_' || to_char(hour, 'FM00'), hour);
    end loop;
end $$;
