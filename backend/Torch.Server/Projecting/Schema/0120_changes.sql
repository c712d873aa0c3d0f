-- What people changed, apart from what followed from it: the journal holds both, and transitions are many. Events themselves stay in
-- the journal; here stand their places, by what the audit trail is filtered by.
create table torch.changes (
    position bigint primary key,
    at timestamptz not null,
    type text not null,
    actor text,                         -- null where Torch itself did it
    origin text,
    reason text,
    subjects uuid[] not null            -- every node, check, window, objective, agent that it names
);
create index changes_actor on torch.changes (actor, position);
create index changes_type on torch.changes (type, position);
create index changes_at on torch.changes (at);
create index changes_subjects on torch.changes using gin (subjects);
