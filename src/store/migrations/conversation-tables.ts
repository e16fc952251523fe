/** Version 2: what is kept of conversations with people. Never edited: add a version. */
export const conversationTables = `
create table pauses (
  pull_key text primary key,
  paused boolean not null,
  said_by text,
  because text not null,
  at bigint not null
);

create table answers (
  comment_key text primary key,
  words text,
  status text not null default 'open' check (status in ('open', 'intended', 'done')),
  object_id text,
  attempts int not null default 0,
  intended_at bigint,
  created_at bigint not null
);
create index answers_created_at on answers (created_at);

create table allowances (
  key text primary key,
  remaining double precision not null,
  at bigint not null,
  told_at bigint
);
`
