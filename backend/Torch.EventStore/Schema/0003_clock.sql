-- The last timestamp written, in microseconds since 1970, so that time in the log never decreases.
-- A sequence and not a row: it is moved with every commit, and a row would leave a dead version each time.
create sequence torch_log.clock as bigint minvalue 0 start 0 cache 1;
