-- Keeps two empty partitions beyond the one in use; there is no DEFAULT partition, for it would make every attachment a scan.
-- Answers how many it made. Two servers may call it at once: the catalogue's lock lets one of them do it.
create function torch_log.keep_telemetry_partitions_ahead(width bigint) returns integer
language plpgsql as $$
declare
    made integer := 0;
    drawn bigint := (select last_value from torch_log.positions);
begin
    lock table torch_log.telemetry_partitions in share row exclusive mode;
    while (select count(*) from torch_log.telemetry_partitions where from_position > drawn) < 2 loop
        perform torch_log.create_telemetry_partition(width);
        made := made + 1;
    end loop;
    return made;
end $$;

select torch_log.keep_telemetry_partitions_ahead(10000000);
