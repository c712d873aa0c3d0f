-- What dropped partitions of the telemetry came to: data from then on, not a read model. The tables of the same names are twins of the
-- read tables, folded up to sealed.position; rollups holds the partition that is being sealed, sealed_rollups those that have been.
create schema torch_sealed;

create table torch_sealed.progress (
    id integer primary key check (id = 1),
    position bigint not null
);
insert into torch_sealed.progress values (1, 0);

create table torch_sealed.checks (like torch.checks including defaults including constraints, primary key (id));
create table torch_sealed.latest_observations (like torch.latest_observations including defaults, primary key (check_id));
create table torch_sealed.rollups (like torch.rollups including defaults, primary key (check_id, level_minutes, bucket));

create table torch_sealed.sealed_rollups (
    partition text not null,
    like torch.rollups including defaults,
    primary key (partition, check_id, level_minutes, bucket)
);

create table torch_sealed.partitions (
    name text primary key,
    from_position bigint not null unique,
    to_position bigint not null unique,
    rollups bigint not null,
    rollups_sha256 text not null,
    sealed_at timestamptz not null default now(),
    dropped_at timestamptz
);

-- Files of archived partitions. While one is written: how many bytes of it are safe, and through which position they reach.
create table torch_sealed.archives (
    partition text primary key,
    file text not null,
    position bigint not null,
    bytes bigint not null,
    sha256 text                             -- once it has been read back and found right
);
