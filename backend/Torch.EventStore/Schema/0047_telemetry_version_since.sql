-- The first version of a telemetry stream written at a time or later. Timestamps never decrease along a stream, so that a binary search
-- over its (stream_id, version) index finds it; without it, a chart of the last hour would read the whole stream.
create function torch_log.telemetry_version_since(stream uuid, since timestamptz) returns bigint
language plpgsql stable as $$
declare
    low bigint := 1;
    high bigint := (select s.version + 1 from telemetry.mt_streams s where s.id = stream);
    middle bigint;
    written timestamptz;
begin
    while low < high loop
        middle := (low + high) / 2;
        select e.timestamp into written from telemetry.mt_events e where e.stream_id = stream and e.version = middle;
        -- A version that is not there was dropped with its partition, and is older than all that are.
        if written is null or written < since then
            low := middle + 1;
        else
            high := middle;
        end if;
    end loop;
    return low;
end $$;
