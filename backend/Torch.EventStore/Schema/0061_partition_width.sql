-- How wide the next partition is made: room for twice what the last closed one would have taken in a day. Closing a partition by time
-- moves positions to its upper edge, so a width to measure keeps these leaps about as small as a day's events.
create function torch_log.telemetry_partition_width(widest bigint) returns bigint
language sql stable as $$
    select least(widest, greatest(100000, coalesce((
        select 2 * (last_position - from_position) * 86400 / greatest(1, extract(epoch from last_time - first_time))
        from torch_log.telemetry_partitions
        where row_count > 0
        order by from_position desc
        limit 1), 1000000)))::bigint
$$;

-- As before, but each made to measure, where width is the widest; one that has to reach positions drawn already spans them all.
create or replace function torch_log.keep_telemetry_partitions_ahead(width bigint) returns integer
language plpgsql as $$
declare
    made integer := 0;
    drawn bigint := (select last_value from torch_log.positions);
begin
    lock table torch_log.telemetry_partitions in share row exclusive mode;
    while (select count(*) from torch_log.telemetry_partitions where from_position > drawn) < 2 loop
        perform torch_log.create_telemetry_partition(greatest(
            torch_log.telemetry_partition_width(width),
            drawn + 1 - (select max(to_position) from torch_log.telemetry_partitions)));
        made := made + 1;
    end loop;
    return made;
end $$;

-- A log that holds nothing yet begins with partitions of the new width.
do $$
declare
    empty record;
begin
    if (select last_value from torch_log.positions) > 0 then
        return;
    end if;
    for empty in select name from torch_log.telemetry_partitions loop
        execute format('drop table telemetry.%I', empty.name);
    end loop;
    delete from torch_log.telemetry_partitions;
    perform torch_log.keep_telemetry_partitions_ahead(10000000);
end $$;
