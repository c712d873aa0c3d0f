-- The workspace's own statuses; the built-in ones are the same everywhere and stand in the code.
create table torch.statuses (
    name text primary key,
    label text not null,
    severity integer,                   -- null for neutral ones
    available boolean,                  -- null: left out of availability
    shape text not null,
    colour text not null,
    ordinal bigint not null,            -- the position at which it was first defined
    removed boolean not null default false
);
