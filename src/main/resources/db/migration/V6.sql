-- A job that waits for the language model: when it goes on, and why it waits.
alter table job add column until text;
alter table job add column reason text;
