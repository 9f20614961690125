-- What is remembered. Forward only; applied under an advisory lock by store/process/migrations.py.

do $$ begin
    if not exists (select from pg_roles where rolname = 'jkp_app') then
        create role jkp_app nologin;
    end if;
exception when duplicate_object or unique_violation then null;
end $$;

create table clock (
    singleton boolean primary key default true check (singleton),
    real_at timestamptz not null,
    programme_at timestamptz not null,
    speed double precision not null check (speed >= 0)
);

create table calendar_days (
    day date primary key,
    kind text not null check (kind in ('national_holiday', 'collective_leave')),
    name text not null,
    version text not null
);

create table participants (
    participant_id uuid primary key,
    nik_lookup bytea not null unique
);

create table people (
    participant_id uuid not null references participants,
    version integer not null check (version > 0),
    recorded_at timestamptz not null default now(),
    nik text not null,
    name text not null,
    born_on date not null,
    address text not null,
    email text not null,
    membership_number text not null,
    primary key (participant_id, version)
);

create table accounts (
    participant_id uuid not null references participants,
    version integer not null check (version > 0),
    recorded_at timestamptz not null default now(),
    bank_code text not null,
    account_number text not null,
    holder_name text not null,
    primary key (participant_id, version)
);

create table streams (
    stream_id uuid primary key,
    kind text not null,
    version integer not null,
    head bytea not null,
    participant_id uuid not null references participants,
    employer_registration text not null,
    laid_off_on date not null
);
create index streams_by_participant on streams (participant_id, employer_registration, laid_off_on);

create table events (
    position bigint generated always as identity primary key,
    transaction_id xid8 not null default pg_current_xact_id(),
    stream_id uuid not null references streams,
    version integer not null check (version > 0),
    type text not null,
    recorded_at timestamptz not null,
    effective_at timestamptz not null,
    actor text not null,
    message_source text not null,
    message_id text not null,
    rules_version text not null,
    calendar_version text not null,
    payload bytea not null,
    hash bytea not null check (length(hash) = 32),
    unique (stream_id, version)
);

create table messages (
    source text not null check (length(source) between 1 and 200),
    message_id text not null check (length(message_id) between 1 and 200),
    stream_id uuid not null references streams,
    kind text not null,
    received_at timestamptz not null,
    content_hash bytea not null check (length(content_hash) = 32),
    answer text not null,
    primary key (source, message_id)
);

create table wakeups (
    workflow_id text primary key,
    due_at timestamptz,
    todo_since timestamptz,
    wanted bigint not null default 0,
    wanted_at timestamptz,
    seen bigint not null default 0,
    sent_at timestamptz,
    sweep_after timestamptz,
    news jsonb not null default '[]',
    check (seen <= wanted)
);
create index wakeups_unheard on wakeups (sent_at) where wanted > seen;
create index wakeups_due on wakeups (due_at) where due_at is not null;
create index wakeups_todo on wakeups (todo_since) where todo_since is not null;

-- The locks of a step, in their order: the clock, the stream, the row of its workflow. A function, because what
-- is read under the locks must be read by a statement that begins after the last of them is held.
create function hold_claim(clock_lock bigint, held_stream uuid, held_workflow text) returns boolean
language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(clock_lock);
    perform from streams where stream_id = held_stream for update;
    if not found then
        return false;
    end if;
    perform from wakeups where workflow_id = held_workflow for update;
    return true;
end $$;

create table claims (
    stream_id uuid primary key references streams,
    status text not null,
    benefit_month integer not null,
    regime text not null,
    province text not null,
    awaited text not null,
    owner text not null,
    awaited_until timestamptz,
    awaited_article text not null,
    todo text not null,
    payment_state text not null,
    next_at timestamptz,
    state_version integer not null,
    updated_at timestamptz not null
);
create index claims_by_status on claims (status);

create table notices (
    notice_id uuid primary key,
    stream_id uuid not null references streams,
    kind text not null,
    month integer not null,
    due_at timestamptz not null,
    queued_at timestamptz not null default now(),
    stream_version integer not null,
    template_version text not null,
    sent_at timestamptz,
    given_up_at timestamptz,
    unique (stream_id, kind, month, due_at)
);
create index notices_unsent on notices (stream_id) where sent_at is null and given_up_at is null;

create sequence external_ids;

create table payment_stop (
    singleton boolean primary key default true check (singleton),
    stopped_at timestamptz not null default now(),
    stopped_by text not null,
    reason text not null
);

create table payment_orders (
    order_id uuid primary key,
    obligation text not null,
    stream_id uuid not null references streams,
    month integer not null,
    attempt integer not null check (attempt > 0),
    amount_idr bigint not null check (amount_idr > 0 and amount_idr <= 5000000),
    participant_id uuid not null,
    account_version integer not null,
    reference text not null unique check (reference ~ '^[A-Z0-9]{20}$'),
    external_id text unique,
    state text not null check
        (state in ('ordered', 'sending', 'unknown', 'settled', 'refused', 'returned', 'cancelled')),
    ordered_at timestamptz not null,
    sending_since timestamptz,
    send_until timestamptz,
    sent_programme_at timestamptz,
    asked integer not null default 0,
    not_found integer not null default 0,
    next_ask_at timestamptz,
    bank_reference text,
    contradictions text[] not null default '{}',
    foreign key (participant_id, account_version) references accounts
);
create unique index one_live_order_per_obligation on payment_orders (obligation)
    where state not in ('refused', 'returned', 'cancelled');
create index payment_orders_by_stream on payment_orders (stream_id);
create index payment_orders_sending on payment_orders (sending_since) where state = 'sending';

create table bank_statement_lines (
    line_id text primary key,
    reference text not null,
    direction text not null check (direction in ('debit', 'credit')),
    amount_idr bigint not null,
    booked_at timestamptz not null,
    order_id uuid references payment_orders
);

create table ledger_entries (
    entry_id bigint generated always as identity primary key,
    posting_id uuid not null,
    account text not null check (account in ('benefits', 'payable', 'bank')),
    amount_idr bigint not null,
    stream_id uuid not null references streams,
    month integer not null,
    order_id uuid,
    booked_at timestamptz not null
);
create index ledger_by_posting on ledger_entries (posting_id);
create index ledger_by_stream on ledger_entries (stream_id);

create function ledger_posting_balances() returns trigger language plpgsql as $$
begin
    if (select sum(amount_idr) from ledger_entries where posting_id = new.posting_id) <> 0 then
        raise exception 'ledger posting % does not balance', new.posting_id using errcode = 'check_violation';
    end if;
    return null;
end $$;
create constraint trigger ledger_balances after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_posting_balances();

grant usage on schema public to jkp_app;
grant usage on sequence external_ids to jkp_app;
grant select on all tables in schema public to jkp_app;
grant insert on events, ledger_entries, bank_statement_lines, people, accounts to jkp_app;
grant insert, update on participants, streams, messages, wakeups, claims, notices, payment_orders, clock to jkp_app;
grant update on bank_statement_lines to jkp_app;
grant insert, delete on payment_stop to jkp_app;
grant insert, update, delete on calendar_days to jkp_app;
