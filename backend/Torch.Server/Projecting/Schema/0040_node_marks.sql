-- What marks a node beside its status: flapping, acknowledged, in maintenance, given by hand. A node without a row has no marks.
create table torch.node_marks (
    node_id uuid primary key,
    marks jsonb not null,
    position bigint not null            -- of the event that said so
);
