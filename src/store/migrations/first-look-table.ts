/** What became of the first look at each repository. Never edited: add a version. */
export const firstLookTable = `
create table first_looks (
  installation_id bigint not null,
  repository_id bigint not null,
  result text not null,
  at bigint not null,
  primary key (installation_id, repository_id)
);
`
