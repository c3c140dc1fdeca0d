-- What each call to the language model used, at the price of its day: a later price changes no earlier cost.
create table model_call (
    run text references run on delete cascade,
    brief text references brief on delete cascade,
    message text references message on delete cascade,
    at text not null,
    model text not null,
    input_tokens integer not null,
    output_tokens integer not null,
    input_price text,
    output_price text,
    currency text,
    check ((run is not null) + (brief is not null) + (message is not null) = 1)
);

create index model_call_by_run on model_call (run) where run is not null;

create index model_call_by_brief on model_call (brief) where brief is not null;

create index model_call_by_message on model_call (message) where message is not null;
