-- Makes and attaches the partition between two given edges, as create_telemetry_partition does at the end of the catalogue. The
-- catalogue's row is the caller's: an import brings its own.
create function torch_log.attach_telemetry_partition(partition_name text, lower_edge bigint, upper_edge bigint) returns void
language plpgsql as $$
begin
    execute format('create table telemetry.%I (like telemetry.mt_events including defaults)', partition_name);
    execute format('alter table telemetry.%I add constraint %I primary key (seq_id)', partition_name, 'pkey_' || partition_name);
    execute format('alter table telemetry.%I add constraint %I check (seq_id >= %s and seq_id < %s)',
        partition_name, 'range_' || partition_name, lower_edge, upper_edge);
    execute format('create unique index %I on telemetry.%I (stream_id, version)',
        'pk_' || partition_name || '_stream_and_version', partition_name);
    execute format('alter table telemetry.mt_events attach partition telemetry.%I for values from (%s) to (%s)',
        partition_name, lower_edge, upper_edge);
end $$;
