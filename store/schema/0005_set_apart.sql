-- What could not be recorded and was set apart, so that everything else goes on; `jkp stuck` lists it until it is
-- over. The content is not kept, only its hash. `subject`: the hash of a message, the order of a transfer, nothing
-- of a record, whose answers differ in their time.

create table set_apart (
    stream_id uuid not null references streams,
    kind text not null check (kind in ('message', 'record', 'transfer')),
    subject text not null,
    content_sha256 text not null check (content_sha256 ~ '^[0-9a-f]{64}$'),
    name text not null,
    failure text not null,
    since timestamptz not null default clock_timestamp(),
    last_at timestamptz not null default clock_timestamp(),
    times integer not null default 1,
    over_at timestamptz,
    over_by text,
    primary key (stream_id, kind, subject)
);
create index set_apart_not_over on set_apart (since) where over_at is null;

grant select, insert, update on set_apart to jkp_app;
