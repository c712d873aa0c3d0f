-- The journal's hash chain: each hash covers the one before it and its event, so that no event can be changed, taken out or put in
-- unseen. Written behind the appends, never with them. The first hash follows 32 zero bytes.
create table torch_log.journal_chain (
    position bigint primary key,
    hash bytea not null
);
