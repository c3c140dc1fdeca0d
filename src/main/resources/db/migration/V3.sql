-- A segment lives through the runs of its project; in each run that has it, it has a number: a negative one where it was merged away.
create table run_segment (
    run text not null references run on delete cascade,
    number integer not null,
    segment text not null references segment on delete cascade,
    primary key (run, number),
    unique (run, segment)
);

create index run_segment_by_segment on run_segment (segment);

insert into run_segment (run, number, segment) select run, number, id from segment;

-- Merges, splits and moves change one run; names, notes and locks belong to the segment.
alter table segment_edit add column run text references run on delete cascade;

update segment_edit set run = (select s.run from segment s where s.id = segment_edit.segment)
where field in ('merge', 'split', 'move');

-- A customer is placed in a run; later runs take it on, as long as the segment lives.
create table placed_in_run (
    run text not null references run on delete cascade,
    customer text not null,
    segment text not null,
    at text not null,
    primary key (run, customer)
) without rowid;

insert into placed_in_run (run, customer, segment, at)
select s.run, p.customer, p.segment, p.at from placed_customer p join segment s on s.id = p.segment;

drop table placed_customer;

alter table placed_in_run rename to placed_customer;

create table lasting_segment (
    id text primary key,
    project text not null references project on delete cascade,
    name text,
    notes text not null default '',
    locked integer not null default 0,
    version integer not null default 1
);

insert into lasting_segment (id, project, name, notes, locked, version)
select s.id, r.project, s.name, s.notes, s.locked, s.version from segment s join run r on s.run = r.id;

drop table segment;

alter table lasting_segment rename to segment;

create index segment_by_project on segment (project);

-- What became of the segments of the run that this one was matched to.
alter table run_result add column changes blob;
