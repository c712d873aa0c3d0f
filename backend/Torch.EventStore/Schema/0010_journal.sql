-- The journal: who changed what, and the transitions that followed. Kept for ever.
create schema journal;
