-- The evaluator's whole state at a position, so that a start folds what came after it and not the whole log. Whoever cannot read one
-- folds the log instead. Kept ones belong to sealed partitions, whose events are gone.
create table torch_log.snapshots (
    name text not null,
    position bigint not null,
    format int not null,
    data bytea not null,
    kept boolean not null default false,
    taken_at timestamptz not null default now(),
    primary key (name, position)
);

-- They are compressed already.
alter table torch_log.snapshots alter column data set storage external;
