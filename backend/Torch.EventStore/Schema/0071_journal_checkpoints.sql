-- Hashes of the chain, signed with a key that is not in the database: who can write here can recompute the chain, but not sign it.
create table torch_log.journal_checkpoints (
    position bigint primary key,
    hash bytea not null,
    at timestamptz not null,
    key_id text not null,                   -- the first 16 hex digits of SHA-256 of the public key (SubjectPublicKeyInfo)
    signature bytea not null                -- ECDSA P-256 with SHA-256, r and s
);
