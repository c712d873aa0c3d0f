-- The highest committed position, 0 when both logs are empty. (torch_log.positions may be ahead of it: an abort leaves a gap.)
create function torch_log.head() returns bigint
language plpgsql stable as $$
begin
    return greatest(
        (select max(seq_id) from journal.mt_events),
        (select max(seq_id) from telemetry.mt_events),
        0);
end $$;
