-- The last position drawn, once whoever drew it has committed or given up: everything up to it is settled.
create function torch_log.settled_position() returns bigint
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(8391177341250815);
    return (select last_value from torch_log.positions);
end $$;
