-- What the language model wrote about segments, by the fingerprint of the facts it was shown.
create table model_wording (
    fingerprint text primary key,
    words text not null,
    at text not null
) without rowid;
