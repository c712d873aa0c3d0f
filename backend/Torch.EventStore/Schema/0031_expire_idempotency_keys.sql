-- Empties the hour that comes next in the ring: what it holds is 25 hours old. Answers whether there was anything.
create function torch_log.expire_idempotency_keys() returns boolean
language plpgsql as $$
declare
    next_hour integer := (floor(extract(epoch from clock_timestamp()) / 3600)::bigint + 1) % 26;
    filled boolean;
begin
    select exists (select from torch_log.idempotency_keys where hour = next_hour) into filled;
    if filled then
        execute format('truncate torch_log.%I', 'idempotency_keys_' || to_char(next_hour, 'FM00'));
    end if;
    return filled;
end $$;
