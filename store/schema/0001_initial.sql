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

-- What every decision rests on beside its stream. Whoever changes the clock's row, the calendar, the rules or the
-- payment stop raises `number`; `rules` names the law and the state version that the workers began with last.
create table generation (
    singleton boolean primary key default true check (singleton),
    number bigint not null default 0,
    rules text not null default ''
);
insert into generation default values;

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

-- The calendar in versions that are kept: a decision can be replayed with the calendar it was made with. A version
-- is added, never changed.
create table calendar_versions (
    number bigint generated always as identity primary key,
    version text not null unique check (length(version) between 1 and 200 and version <> 'weekends only'),
    loaded_at timestamptz not null default clock_timestamp(),
    source text not null
);

create table calendar_days (
    version text not null references calendar_versions (version),
    day date not null,
    kind text not null check (kind in ('national_holiday', 'collective_leave')),
    name text not null,
    primary key (version, day)
);

-- `current_version` stands of a person's data; letters go to the address of `email_version`.
create table participants (
    participant_id uuid primary key,
    nik_lookup bytea not null unique,
    current_version integer not null default 1,
    email_version integer not null default 1
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

-- Accounts of whoever is owed: a participant, a training provider, an employer.
create table accounts (
    creditor_kind text not null check (creditor_kind in ('person', 'provider', 'employer')),
    creditor_id uuid not null,
    version integer not null check (version > 0),
    recorded_at timestamptz not null default now(),
    bank_code text not null,
    account_number text not null,
    holder_name text not null,
    primary key (creditor_kind, creditor_id, version)
);

-- One row for each stream of any kind. Every step raises `revision`, also where it appends nothing; `is_open`
-- while something is to be done or waited for, `may_pay` while an order of it may go to the bank.
create table streams (
    stream_id uuid primary key,
    kind text not null check (kind ~ '^[a-z_]{1,40}$'),
    version integer not null,
    revision bigint not null default 0,
    head bytea not null check (length(head) = 32),
    is_open boolean not null default true,
    may_pay boolean not null default false
);
create index streams_open on streams (kind) where is_open;

-- The layoff by which a claim was opened: a report of the same pair near it joins the claim.
create table layoffs (
    stream_id uuid primary key references streams,
    participant_id uuid not null references participants,
    employer_registration text not null,
    laid_off_on date not null
);
create index layoffs_by_pair on layoffs (participant_id, employer_registration, laid_off_on);

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

-- What became of a letter: why it was given up, since when it is not taken, and what was said last. `about` tells
-- two letters of one kind and instant apart: the version of a person's data that they are about.
create table notices (
    notice_id uuid primary key,
    stream_id uuid not null references streams,
    kind text not null,
    month integer not null,
    due_at timestamptz not null,
    queued_at timestamptz not null default now(),
    stream_version integer not null,
    template_version text not null,
    about integer not null default 0,
    sent_at timestamptz,
    given_up_at timestamptz,
    given_up_reason text,
    failing_since timestamptz,
    failures integer not null default 0,
    last_failure text,
    constraint notices_each_once unique (stream_id, kind, month, due_at, about)
);
create index notices_unsent on notices (stream_id) where sent_at is null and given_up_at is null;
create index notices_given_up on notices (given_up_at) where given_up_at is not null;

create sequence external_ids;

create table payment_stop (
    singleton boolean primary key default true check (singleton),
    stopped_at timestamptz not null default now(),
    stopped_by text not null,
    reason text not null
);

-- The amount is no limit of the law but the last guard against an order that is a mistake: a thousand million
-- rupiah.
create table payment_orders (
    order_id uuid primary key,
    obligation text not null,
    stream_id uuid not null references streams,
    month integer not null,
    attempt integer not null check (attempt > 0),
    amount_idr bigint not null
        constraint payment_orders_amount_idr_guard check (amount_idr > 0 and amount_idr <= 1000000000),
    creditor_kind text not null,
    creditor_id uuid not null,
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
    foreign key (creditor_kind, creditor_id, account_version) references accounts
);
create unique index one_live_order_per_obligation on payment_orders (obligation)
    where state not in ('refused', 'returned', 'cancelled');
create index payment_orders_by_stream on payment_orders (stream_id);
create index payment_orders_sending on payment_orders (sending_since) where state = 'sending';

-- The moves of an order: the same table as `payments.orders.MOVES`, which a test compares.
create function order_moves_as_allowed() returns trigger language plpgsql as $$
begin
    if (old.state, new.state) not in (
        ('ordered', 'sending'), ('ordered', 'unknown'), ('ordered', 'settled'), ('ordered', 'refused'),
        ('ordered', 'cancelled'),
        ('sending', 'unknown'), ('sending', 'settled'), ('sending', 'refused'), ('sending', 'returned'),
        ('unknown', 'settled'), ('unknown', 'refused'), ('unknown', 'returned'),
        ('settled', 'returned')
    ) then
        raise exception 'an order does not move from % to %', old.state, new.state
            using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger order_moves before update of state on payment_orders
    for each row when (old.state is distinct from new.state) execute function order_moves_as_allowed();

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
    account text not null check (account in ('benefits', 'payable', 'bank', 'receivable')),
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

-- What a step writes, group by group, as the rows of its tables.
create type step_event as (
    version integer, type text, effective_at timestamptz, actor text, message_source text, message_id text,
    rules_version text, calendar_version text, payload bytea, hash bytea
);
create type step_message as (
    source text, message_id text, kind text, received_at timestamptz, content_hash bytea, answer text
);
create type step_order as (
    order_id uuid, obligation text, month integer, attempt integer, amount_idr bigint, creditor_kind text,
    creditor_id uuid, account_version integer, reference text, state text
);
create type step_move as (order_id uuid, state text);
create type step_entry as (
    posting_id uuid, account text, amount_idr bigint, month integer, order_id uuid, booked_at timestamptz
);
create type step_notice as (
    notice_id uuid, kind text, month integer, due_at timestamptz, template_version text, about integer
);
create type step_attention as (due_at timestamptz, todo boolean, wanted boolean, own boolean, leased boolean, news jsonb);

-- The locks of a step, in their order: the clock, then the stream. For a step that lost its race too often and
-- reads once more under them.
create function hold_stream(clock_lock bigint, of_stream uuid) returns void language plpgsql as $$
begin
    perform pg_advisory_xact_lock_shared(clock_lock);
    perform from streams where stream_id = of_stream for update;
end $$;

-- The write of a step, all or nothing. It takes the locks in one statement and compares in the next, which sees
-- all that was committed before the last lock was held: where the stream's revision or the generation is no longer
-- the one that was read, it writes nothing and says which. A message that another stream has recorded meanwhile and
-- an order that does not move end it as a serialization failure. A kind writes what is its own in `keep_<kind>`.
create function write_step(
    clock_lock bigint, of_kind text, of_stream uuid, read_revision bigint, read_generation bigint,
    read_wanted bigint, decided_at timestamptz, new_version integer, new_head bytea, still_open boolean,
    pays boolean, new_events step_event[], new_messages step_message[], new_orders step_order[],
    new_moves step_move[], new_entries step_entry[], new_notices step_notice[], attention step_attention,
    own_rows jsonb, out changed text, out queued uuid[]
) language plpgsql as $$
declare
    written bigint;
    asks boolean;
    works boolean;
begin
    perform hold_stream(clock_lock, of_stream);
    select case when s.revision <> read_revision then 'revision'
                when g.number <> read_generation then 'generation' end
        into strict changed from streams s, generation g where s.stream_id = of_stream;
    if changed is not null then
        return;
    end if;
    update streams set version = new_version, head = new_head, is_open = still_open, may_pay = pays,
                       revision = revision + 1
        where stream_id = of_stream;
    if cardinality(new_events) > 0 then
        insert into events (stream_id, recorded_at, version, type, effective_at, actor, message_source, message_id,
                            rules_version, calendar_version, payload, hash)
            select of_stream, decided_at, e.* from unnest(new_events) e;
    end if;
    if cardinality(new_messages) > 0 then
        insert into messages (stream_id, source, message_id, kind, received_at, content_hash, answer)
            select of_stream, m.* from unnest(new_messages) m order by m.source, m.message_id
            on conflict do nothing;
        get diagnostics written = row_count;
        if written <> cardinality(new_messages) then
            raise 'a message was recorded elsewhere meanwhile' using errcode = 'serialization_failure';
        end if;
    end if;
    perform move_orders(new_moves, decided_at);
    if cardinality(new_orders) > 0 then
        insert into payment_orders (stream_id, ordered_at, order_id, obligation, month, attempt, amount_idr,
                                    creditor_kind, creditor_id, account_version, reference, state)
            select of_stream, decided_at, o.* from unnest(new_orders) o;
    end if;
    if cardinality(new_entries) > 0 then
        insert into ledger_entries (stream_id, posting_id, account, amount_idr, month, order_id, booked_at)
            select of_stream, l.* from unnest(new_entries) l;
    end if;
    queued := '{}';
    if cardinality(new_notices) > 0 then
        with fresh as (
            insert into notices (stream_id, stream_version, notice_id, kind, month, due_at, template_version, about)
                select of_stream, new_version, n.* from unnest(new_notices) n
                on conflict do nothing returning notice_id
        )
        select coalesce(array_agg(notice_id), '{}') into queued from fresh;
    end if;
    execute format('select %I($1, $2, $3)', 'keep_' || of_kind) using of_stream, decided_at, own_rows;

    asks := not attention.own and (attention.wanted or cardinality(queued) > 0);
    works := attention.todo or cardinality(queued) > 0;
    insert into wakeups as w (workflow_id, due_at, todo_since, wanted, wanted_at, sent_at, news)
        values (of_kind || '/' || of_stream, attention.due_at, case when works then clock_timestamp() end,
                asks::integer, case when asks then clock_timestamp() end,
                case when asks and attention.leased then clock_timestamp() end,
                case when asks then attention.news else '[]' end)
        on conflict (workflow_id) do update set
            due_at = excluded.due_at,
            todo_since = case when works then coalesce(w.todo_since, clock_timestamp()) end,
            sweep_after = case when works then w.sweep_after end,
            wanted = w.wanted + asks::integer,
            -- What was wanted since the step read is not seen by it, and whoever was woken for it keeps the lease.
            seen = case when attention.own then greatest(w.seen, read_wanted) else w.seen end,
            wanted_at = case when attention.own and w.wanted = read_wanted then null
                             when asks then coalesce(w.wanted_at, clock_timestamp()) else w.wanted_at end,
            sent_at = case when asks and attention.leased then clock_timestamp()
                           when attention.own and w.wanted = read_wanted then null else w.sent_at end,
            -- News come with a step only, which raises the revision: what stands here is what was read.
            news = case when attention.own then '[]'
                        when asks and jsonb_array_length(w.news) < 50 then w.news || attention.news
                        else w.news end;
end $$;

-- Orders move as `payments.orders` allows, in their turn. One whose outcome is open gets a workflow of its own that
-- looks for it; one that is final is looked for no longer.
create function move_orders(moves step_move[], decided_at timestamptz) returns void language plpgsql as $$
declare
    move step_move;
begin
    foreach move in array moves loop
        update payment_orders set state = move.state,
                                  next_ask_at = case when move.state = 'unknown' then decided_at end
            where order_id = move.order_id;
        if not found then
            raise 'an order did not move' using errcode = 'serialization_failure';
        end if;
        if move.state = 'unknown' then
            insert into wakeups as w (workflow_id, due_at, todo_since, wanted, wanted_at)
                values ('transfer/' || move.order_id, decided_at, clock_timestamp(), 1, clock_timestamp())
                on conflict (workflow_id) do update set
                    due_at = excluded.due_at, todo_since = coalesce(w.todo_since, clock_timestamp()),
                    wanted = w.wanted + 1, wanted_at = coalesce(w.wanted_at, clock_timestamp());
        else
            update wakeups set due_at = null, todo_since = null where workflow_id = 'transfer/' || move.order_id;
        end if;
    end loop;
end $$;

-- What a step of a claim keeps beside its events: where the claim stands, for who searches and lists, and what an
-- officer adopted of a person's data, which stands for all their claims.
create function keep_claim(of_stream uuid, decided_at timestamptz, own_rows jsonb) returns void language plpgsql as $$
begin
    insert into claims (stream_id, updated_at, status, benefit_month, regime, province, awaited, owner, awaited_until,
                        awaited_article, todo, payment_state, next_at, state_version)
        select of_stream, decided_at, c.status, c.benefit_month, c.regime, c.province, c.awaited, c.owner,
               c.awaited_until, c.awaited_article, c.todo, c.payment_state, c.next_at, c.state_version
            from jsonb_populate_record(null::claims, own_rows -> 'claim') c
        on conflict (stream_id) do update set
            status = excluded.status, benefit_month = excluded.benefit_month, regime = excluded.regime,
            province = excluded.province, awaited = excluded.awaited, owner = excluded.owner,
            awaited_until = excluded.awaited_until, awaited_article = excluded.awaited_article,
            todo = excluded.todo, payment_state = excluded.payment_state, next_at = excluded.next_at,
            state_version = excluded.state_version, updated_at = excluded.updated_at;
    update participants set current_version = (own_rows ->> 'adopted')::integer
        where own_rows ->> 'adopted' is not null
          and participant_id = (select participant_id from layoffs where stream_id = of_stream);
end $$;

grant usage on schema public to jkp_app;
grant usage on sequence external_ids to jkp_app;
grant select on all tables in schema public to jkp_app;
grant insert on events, ledger_entries, bank_statement_lines, people, accounts, layoffs to jkp_app;
grant insert on calendar_versions, calendar_days to jkp_app;
grant insert, update on participants, streams, messages, wakeups, claims, notices, payment_orders, clock to jkp_app;
grant insert, update on set_apart to jkp_app;
grant update on generation to jkp_app;
grant update on bank_statement_lines to jkp_app;
grant insert, delete on payment_stop to jkp_app;
