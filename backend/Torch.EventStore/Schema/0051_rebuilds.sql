-- Rebuilds that are going on. Their tables stand in torch_rebuild, their checkpoint is the row <projection>:Rebuild of
-- journal.mt_event_progression: whoever finds a row here can take it up again.
create schema torch_rebuild;

create table torch_log.rebuilds (
    projection text primary key,
    purpose text not null check (purpose in ('swap', 'verify')),
    started_at timestamptz not null default now(),
    from_position bigint,                   -- null until the shadow tables stand
    resumed_at timestamptz,                 -- by the process that runs it now; rates count from here
    resumed_position bigint,
    error text                              -- why it does not go on, while it does not
);

-- How the last one of each projection ended.
create table torch_log.rebuild_results (
    projection text primary key,
    outcome text not null check (outcome in ('swapped', 'cancelled', 'equal', 'different')),
    started_at timestamptz not null,
    ended_at timestamptz not null default now(),
    position bigint not null,
    live_hash bytea,                        -- SHA-256 of the state, when it was compared
    rebuilt_hash bytea,
    different_table text,
    different_key text                      -- the primary key of the first row that differs
);
