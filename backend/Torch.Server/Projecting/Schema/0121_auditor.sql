-- An auditor reads what the journal came to as well, and does nothing else.
do $$
begin
    if to_regrole('torch_auditor') is null then
        return;
    end if;
    grant usage on schema torch to torch_auditor;
    grant select on all tables in schema torch to torch_auditor;
    alter default privileges in schema torch grant select on tables to torch_auditor;
end $$;
