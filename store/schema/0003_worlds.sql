-- Which world a database is of, and which look-up keys its people are found by. Written by the owner only.

create table world (
    singleton boolean primary key default true check (singleton),
    kind text not null check (kind in ('production', 'sandbox', 'test')),
    marked_at timestamptz not null default clock_timestamp()
);

create table lookup_keys (
    fingerprint bytea primary key check (octet_length(fingerprint) = 16),
    registered_at timestamptz not null default clock_timestamp()
);

grant select on world, lookup_keys to jkp_app;
