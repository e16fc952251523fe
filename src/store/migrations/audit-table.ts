/** What became of the weekly audit of each repository, and its one issue. Never edited: add a version. */
export const auditTable = `
create table audits (
  repository_key text primary key,
  audited_at bigint,
  result text,
  status text not null default 'open' check (status in ('open', 'intended', 'done')),
  object_id text,
  attempts int not null default 0,
  intended_at bigint,
  created_at bigint not null
);
`
