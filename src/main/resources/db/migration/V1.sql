create table setting (
    name text primary key,
    value text not null
);

create table project (
    id text primary key,
    slug text not null unique,
    name text not null,
    language text not null,
    demo integer not null,
    created_at text not null,
    published_run text,
    next_run integer not null default 1
);

create table dataset (
    id text primary key,
    project text not null references project on delete cascade,
    name text not null,
    created_at text not null,
    choices text not null,
    summary blob not null,
    rejects blob not null
);

create index dataset_by_project on dataset (project);

-- A row here promises that the file uploads/SHA256 exists; files without a row are removed at start.
create table dataset_file (
    dataset text not null references dataset on delete cascade,
    position integer not null,
    name text not null,
    sha256 text not null,
    bytes integer not null,
    primary key (dataset, position)
);

create table run (
    id text primary key,
    project text not null references project on delete cascade,
    dataset text not null references dataset,
    number integer not null,
    state text not null,
    settings text not null,
    job text not null,
    created_at text not null,
    started_at text,
    finished_at text,
    summary text,
    problem text,
    unique (project, number)
);

create index run_by_dataset on run (dataset);

-- What a finished run found: enough to rebuild its analysis from the uploads.
create table run_result (
    run text primary key references run on delete cascade,
    segmentation blob not null,
    description blob not null,
    notices text not null
);

create table segment (
    id text primary key,
    run text not null references run on delete cascade,
    number integer not null,
    name text,
    notes text not null default '',
    locked integer not null default 0,
    version integer not null default 1,
    unique (run, number)
);

create table segment_edit (
    id integer primary key autoincrement,
    segment text not null references segment on delete cascade,
    field text not null,
    old_value text,
    new_value text,
    at text not null,
    undone integer not null default 0
);

create index segment_edit_by_segment on segment_edit (segment);

create table job (
    id text primary key,
    type text not null,
    project text not null references project on delete cascade,
    subject text not null,
    state text not null,
    epoch integer not null,
    cancel integer not null default 0,
    request text not null,
    stage text,
    done integer,
    total integer,
    unit text,
    rate real,
    eta integer,
    result text,
    problem text,
    created_at text not null,
    started_at text,
    finished_at text
);

create index job_by_state on job (state);

create index job_by_project on job (project);

-- What a job or an answer said, in order; a reader resumes after the last number it has.
create table event (
    owner text not null,
    number integer not null,
    type text not null,
    data text not null,
    primary key (owner, number)
) without rowid;

create table brief (
    id text primary key,
    project text not null references project on delete cascade,
    run text not null references run on delete cascade,
    segment text not null references segment on delete cascade,
    request text not null,
    state text not null,
    content blob,
    created_at text not null
);

create index brief_by_project on brief (project);

create index brief_by_segment on brief (segment);

create table chat (
    id text primary key,
    project text not null references project on delete cascade,
    run text not null references run on delete cascade,
    title text not null,
    language text not null,
    created_at text not null
);

create index chat_by_project on chat (project);

create table message (
    id text primary key,
    chat text not null references chat on delete cascade,
    position integer not null,
    role text not null,
    state text not null,
    parent text,
    text text not null,
    content text not null,
    created_at text not null,
    unique (chat, position)
);

create table stored_answer (
    name text primary key,
    request_hash text not null,
    status integer,
    location text,
    body text,
    at text not null
);
