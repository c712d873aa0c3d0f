-- Marten's layout, but range-partitioned by position so that old observations go as whole partitions. No foreign key (it doubles
-- the cost of an insert), and (stream_id, version) is unique within each partition: PostgreSQL cannot do it across them, and one
-- writer assigns versions under the lock.
create table telemetry.mt_events (
    seq_id bigint not null,
    id uuid not null,
    stream_id uuid,
    version bigint not null,
    data jsonb not null,
    bdata bytea,
    type varchar(500) not null,
    timestamp timestamptz not null,
    tenant_id varchar default '*DEFAULT*',
    mt_dotnet_type varchar,
    is_archived boolean default false,
    constraint pkey_mt_events_seq_id primary key (seq_id)
) partition by range (seq_id);
