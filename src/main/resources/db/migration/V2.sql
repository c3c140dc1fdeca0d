-- How people changed a run's segments after it was made; a run without a row stands as it was found.
create table run_cut (
    run text primary key references run on delete cascade,
    cut text not null,
    description blob not null
);

-- Customers that a person placed in a segment, by their id in the files: as long as the segment lives, they stay in it.
create table placed_customer (
    project text not null references project on delete cascade,
    customer text not null,
    segment text not null,
    at text not null,
    primary key (project, customer)
) without rowid;

create index placed_customer_by_segment on placed_customer (segment);

-- What a merge, split or move replaced, for undo. A segment that was merged away keeps its row under a negative number.
alter table segment_edit add column before blob;

-- The run whose tree was cut for this one.
alter table run add column cut_from text;
