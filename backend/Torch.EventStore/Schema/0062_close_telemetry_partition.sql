-- Closes the partition in use when its oldest event has reached an age: positions move to its upper edge, under the append lock, and the
-- next append goes into the next partition. That one statement is the whole switch; there is nothing to mend after a crash.
-- Answers the name, or null where there was nothing to close. Age counts by the log's clock, which never goes back.
create function torch_log.close_telemetry_partition(age interval) returns text
language plpgsql as $$
declare
    drawn bigint := (select last_value from torch_log.positions);
    micros bigint := greatest((extract(epoch from clock_timestamp()) * 1000000)::bigint, (select last_value from torch_log.clock));
    used torch_log.telemetry_partitions;
    begun timestamptz;
begin
    lock table torch_log.telemetry_partitions in share row exclusive mode;
    select * into used from torch_log.telemetry_partitions where from_position <= drawn and drawn < to_position - 1;
    if not found or not exists (select from torch_log.telemetry_partitions where from_position = used.to_position) then
        return null;
    end if;
    execute format('select timestamp from telemetry.%I order by seq_id limit 1', used.name) into begun;
    if begun is null or begun > timestamptz 'epoch' + micros * interval '1 microsecond' - age then
        return null;
    end if;
    perform pg_advisory_xact_lock(8391177341250815);
    if (select last_value from torch_log.positions) >= used.to_position - 1 then
        return null;
    end if;
    perform setval('torch_log.positions', used.to_position - 1);
    return used.name;
end $$;
