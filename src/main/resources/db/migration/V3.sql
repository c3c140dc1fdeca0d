-- A segment lives through the runs of its project; in each run that has it, it has a number.
create table run_segment (
    run text not null references run on delete cascade,
    number integer not null,
    segment text not null references segment on delete cascade,
    primary key (run, number),
    unique (run, segment)
);

create index run_segment_by_segment on run_segment (segment);

insert into run_segment (run, number, segment) select run, number, id from segment;

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
