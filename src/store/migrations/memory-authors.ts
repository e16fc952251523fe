/** Version 3: who said a waiting fact, and whether its pull request has merged. */
export const memoryAuthors = `
alter table pending_learnings add column author text;
alter table pending_learnings add column merged boolean not null default false;
create index pending_learnings_due on pending_learnings (repository_id) where waits_for = 'branch';
`
