-- Tokens that open the push paths, for lists: a push finds its key by its stream.
create table torch.push_keys (
    id uuid primary key,
    name text not null,
    source text,
    prefix text,
    created_at timestamptz not null,
    version bigint not null             -- of the key's stream
);
create index push_keys_name on torch.push_keys (name, id);

-- Scripts that said that they begin and have not said how they ended. Not a projection: it is forgotten when they end.
create table torch.unfinished_runs (
    check_id uuid not null,
    run_id uuid not null,               -- all zeros where the script gave none
    source text not null,
    started_at timestamptz not null,
    due_at timestamptz not null,
    primary key (check_id, run_id)
);
create index unfinished_runs_due on torch.unfinished_runs (due_at);
