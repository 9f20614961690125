-- The calendar in versions that are kept: a decision can be replayed with the calendar it was made with.
create table calendar_versions (
    number bigint generated always as identity primary key,
    version text not null unique check (length(version) between 1 and 200 and version <> 'weekends only'),
    loaded_at timestamptz not null default clock_timestamp(),
    source text not null
);

-- Under the name that the events beside it carry: the greatest of its national holidays.
insert into calendar_versions (version, source)
select version, 'package' from (
    select coalesce(max(version) filter (where kind = 'national_holiday'), max(version)) as version
    from calendar_days
) known where version is not null;

alter table calendar_days drop constraint calendar_days_pkey;
update calendar_days set version = (select version from calendar_versions);
alter table calendar_days
    add primary key (version, day),
    add constraint calendar_days_of_a_version foreign key (version) references calendar_versions (version);

-- A version is added, never changed.
revoke update, delete on calendar_days from jkp_app;
grant select, insert on calendar_versions to jkp_app;

-- The ceiling of the wage and the rates are numbers of the law, and a regulation may raise them. This is no
-- limit of the law but the last guard against an order that is a mistake: a thousand million rupiah.
alter table payment_orders drop constraint payment_orders_amount_idr_check;
alter table payment_orders
    add constraint payment_orders_amount_idr_guard check (amount_idr > 0 and amount_idr <= 1000000000);

-- What a claimant has to give back.
alter table ledger_entries drop constraint ledger_entries_account_check;
alter table ledger_entries
    add constraint ledger_entries_account_check check (account in ('benefits', 'payable', 'bank', 'receivable'));
