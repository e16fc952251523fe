/** Version 1: everything that the store keeps beside the job queue. Never edited: add a version. */
export const firstTables = `
create table inbox (
  seq bigint generated always as identity primary key,
  guid text not null unique,
  event text not null,
  action text,
  body text,
  received_at bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'settled', 'dead')),
  attempts int not null default 0,
  not_before timestamptz not null default now(),
  result text,
  settled_at bigint
);
create index inbox_waiting on inbox (seq) where state = 'waiting';
create index inbox_settled_at on inbox (settled_at) where settled_at is not null;

create table runs (
  run_key text primary key,
  review_key text not null,
  generation int not null,
  pull_key text not null,
  installation_id bigint not null,
  repository_id bigint not null,
  pull int not null,
  head_sha text not null,
  base_ref text not null,
  trigger text not null,
  job text not null,
  state text not null check (state in ('claimed', 'planned', 'done', 'superseded', 'cancelled', 'dead')),
  because text,
  superseded boolean not null default false,
  epoch int not null default 0,
  holder text,
  lease_until timestamptz,
  plan text,
  plan_hash text,
  created_at bigint not null,
  ended_at bigint,
  unique (review_key, generation)
);
create index runs_pull on runs (pull_key);
create index runs_open on runs (state) where state in ('claimed', 'planned');
create index runs_ended_at on runs (ended_at) where ended_at is not null;

create table effects (
  run_key text not null references runs on delete cascade,
  step text not null,
  key text not null default '',
  status text not null check (status in ('intended', 'done')),
  object_id text,
  attempts int not null,
  epoch int not null,
  intended_at bigint not null,
  done_at bigint,
  primary key (run_key, step, key)
);

create table budgets (
  scope text not null,
  period text not null,
  reserved bigint not null default 0,
  settled bigint not null default 0,
  primary key (scope, period)
);

create table reservations (
  id bigint generated always as identity primary key,
  run_key text not null,
  day text not null,
  scopes text[] not null,
  amount bigint not null,
  reserved_at bigint not null
);
create index reservations_run on reservations (run_key);

create table ledger (
  id bigint generated always as identity primary key,
  run_key text not null,
  installation_id bigint not null,
  repository_id bigint not null,
  pull int not null,
  at bigint not null,
  model text not null,
  input_tokens bigint not null,
  cache_read_tokens bigint not null,
  cache_write_tokens bigint not null,
  output_tokens bigint not null,
  amount bigint not null,
  request_id text
);
create index ledger_run on ledger (run_key);
create index ledger_at on ledger (at);

create table pending_learnings (
  id bigint generated always as identity primary key,
  installation_id bigint not null,
  repository_id bigint not null,
  pull int not null,
  digest text not null,
  run_key text not null,
  topic text not null,
  text text not null,
  citation_path text,
  citation_line int,
  anchor text,
  source text not null,
  waits_for text not null,
  created_at bigint not null,
  unique (installation_id, repository_id, pull, digest)
);

create table notes (
  key text primary key,
  value text not null
);

create table leaders (
  task text primary key,
  holder text not null,
  until timestamptz not null
);
`
