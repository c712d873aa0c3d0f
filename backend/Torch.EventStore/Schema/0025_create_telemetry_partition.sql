-- Adds the next partition. It is made standalone with a CHECK and then attached, so that the attachment scans nothing and needs
-- no lock that would stop readers. To cut a partition by time, move torch_log.positions to its upper edge: positions may have gaps.
create function torch_log.create_telemetry_partition(width bigint) returns text
language plpgsql as $$
declare
    lower_edge bigint := coalesce((select max(to_position) from torch_log.telemetry_partitions), 0);
    upper_edge bigint := lower_edge + width;
    partition_name text := 'mt_events_' || lower_edge;
begin
    execute format('create table telemetry.%I (like telemetry.mt_events including defaults)', partition_name);
    execute format('alter table telemetry.%I add constraint %I primary key (seq_id)', partition_name, 'pkey_' || partition_name);
    execute format('alter table telemetry.%I add constraint %I check (seq_id >= %s and seq_id < %s)',
        partition_name, 'range_' || partition_name, lower_edge, upper_edge);
    execute format('create unique index %I on telemetry.%I (stream_id, version)',
        'pk_' || partition_name || '_stream_and_version', partition_name);
    execute format('alter table telemetry.mt_events attach partition telemetry.%I for values from (%s) to (%s)',
        partition_name, lower_edge, upper_edge);
    insert into torch_log.telemetry_partitions (name, from_position, to_position)
        values (partition_name, lower_edge, upper_edge);
    return partition_name;
end $$;
