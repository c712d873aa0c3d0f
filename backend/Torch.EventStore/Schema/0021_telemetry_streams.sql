-- A row per stream, in Marten's layout. Half-filled pages and no index but the key keep the update of every append HOT;
-- autovacuum goes by a fixed number of rows, because a share of a million streams would come too late.
create table telemetry.mt_streams (
    id uuid not null,
    type varchar,
    version bigint,
    timestamp timestamptz not null default now(),
    created timestamptz not null default now(),
    tenant_id varchar default '*DEFAULT*',
    is_archived boolean default false,
    compacted_version bigint default 0,
    constraint pkey_mt_streams_id primary key (id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
