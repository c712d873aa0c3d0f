-- What everybody may see: pages of nodes that somebody published.
create table torch.status_pages (
    id uuid primary key,
    slug text not null,
    settings jsonb not null,
    published boolean not null,
    node_ids uuid[] not null,
    version bigint not null
);
create index status_pages_slug on torch.status_pages (slug);
create index status_pages_nodes on torch.status_pages using gin (node_ids) where published;
