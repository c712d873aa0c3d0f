-- The one order of both logs. Moved by setval under the append lock, never by nextval: one call draws a whole commit.
create sequence torch_log.positions as bigint minvalue 0 start 0 cache 1;
