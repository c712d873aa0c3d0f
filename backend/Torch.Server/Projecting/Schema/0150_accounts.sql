-- What accounts and keys need beside the log: secrets, which are in no event, and what changes too often for one. Nothing of it can be
-- folded from the log, nothing of it belongs to a projection, and exports of the log leave all of it out.
create schema torch_auth;

create table torch_auth.passwords (
    person_id uuid primary key,
    hash text not null,                 -- PBKDF2-HMAC-SHA512, salt and iterations in it
    changed_at timestamptz not null
);

-- Browser sessions: only the hash of what the cookie says.
create table torch_auth.sessions (
    id_hash text primary key,
    id uuid not null unique,            -- names it to people, and opens nothing
    principal text not null,
    started_at timestamptz not null,
    seen_at timestamptz not null,       -- to a minute
    origin text not null,
    agent text
);
create index sessions_principal on torch_auth.sessions (principal);

-- Whom a sign-in provider means by its own ids.
create table torch_auth.identities (
    client_id text not null,
    subject text not null,
    person_id uuid not null,
    primary key (client_id, subject)
);

create table torch_auth.key_uses (
    key_id uuid primary key,
    used_at timestamptz not null,
    used_from text not null
);
