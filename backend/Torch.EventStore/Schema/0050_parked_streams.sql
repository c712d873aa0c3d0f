-- A stream is parked for a projection as long as one of its events is here. The first carries the error; those that came after it
-- wait in order, without one, and are folded with it when somebody says so.
alter table torch_log.parked_events alter column error drop not null;

create index parked_events_stream on torch_log.parked_events (projection, stream_id, log, position);
