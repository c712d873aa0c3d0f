-- How far each spool (an agent's local buffer) has been taken over. Moved in the transaction that brings its results, so that a result
-- delivered twice is one event, without a key for each.
create table torch_log.spool_offsets (
    spool_id uuid primary key,
    last_offset bigint not null,
    moved_at timestamptz not null
) with (fillfactor = 50);
