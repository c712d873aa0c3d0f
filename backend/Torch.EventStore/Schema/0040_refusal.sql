-- Why a member of a group commit was dropped.
-- kind: 1 version conflict (number = actual version, append = which), 2 key repeated (number = its position, answer),
--       3 key used for another request, 4 checkpoint moved (number = where it stands, append = which move)
create type torch_log.refusal as (member integer, kind smallint, number bigint, append integer, answer bytea);
