-- What became of a letter: why it was given up, since when the relay does not take it, and what it said last.
-- `about` tells two letters of one kind and instant apart: the version of a person's data that they are about.
alter table notices
    add column about integer not null default 0,
    add column given_up_reason text,
    add column failing_since timestamptz,
    add column failures integer not null default 0,
    add column last_failure text;
update notices set given_up_reason = 'address_refused' where given_up_at is not null;
alter table notices drop constraint notices_stream_id_kind_month_due_at_key;
alter table notices add constraint notices_each_once unique (stream_id, kind, month, due_at, about);
create index notices_given_up on notices (given_up_at) where given_up_at is not null;

-- Which version of a person's data stands, and which version's e-mail address letters go to.
alter table participants
    add column current_version integer not null default 1,
    add column email_version integer not null default 1;
update participants p set current_version = newest, email_version = newest
from (select participant_id, max(version) as newest from people group by participant_id) known
where known.participant_id = p.participant_id;
