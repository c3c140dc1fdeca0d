-- A brief has versions: each change raises the number, and what it replaced can be brought back.
alter table brief add column version integer not null default 1;

-- The version that was found free of faults.
alter table brief add column checked integer;

alter table brief add column changed_at text;

-- The segment's version when its figures were taken: another one may have other figures.
alter table brief add column segment_version integer;

create table brief_version (
    brief text not null references brief on delete cascade,
    version integer not null,
    run text not null references run on delete cascade,
    segment text not null references segment on delete cascade,
    content blob not null,
    primary key (brief, version)
) without rowid;
