import type { Integration, InventoryChange } from '#core/inventory/inventory'

type Row = Omit<InventoryChange, 'change'> & { readonly key: string }

/**
 * What a change adds to the integrations and what it takes away: first what is new, then what is
 * gone, each in the order of the inventory. A row that moved within its file, or into a function
 * of another name, is neither.
 *
 * @param renamed new names by old ones, of files that the change renames
 */
export function compareIntegrations(
  before: readonly Integration[],
  after: readonly Integration[],
  renamed: ReadonlyMap<string, string> = new Map(),
): InventoryChange[] {
  const old = rowsOf(before).map((row) => ({ ...row, path: renamed.get(row.path) ?? row.path }))
  const fresh = rowsOf(after)
  const gone = without(old, fresh)
  const come = without(fresh, old)
  return [...unpaired(come, gone, 'added'), ...unpaired(gone, come, 'removed')]
}

function without(rows: readonly Row[], others: readonly Row[]): readonly Row[] {
  const known = new Set(others.map(({ key }) => key))
  return rows.filter(({ key }) => !known.has(key))
}

/** Leaves out as many rows as there are on the other side that say the same of the same file. */
function unpaired(
  rows: readonly Row[],
  others: readonly Row[],
  change: InventoryChange['change'],
): InventoryChange[] {
  const pairs = new Map<string, number>()
  for (const row of others) pairs.set(saying(row), (pairs.get(saying(row)) ?? 0) + 1)
  return rows.flatMap((row) => {
    const left = pairs.get(saying(row)) ?? 0
    pairs.set(saying(row), left - 1)
    const { key: _, ...said } = row
    return left > 0 ? [] : [{ change, ...said }]
  })
}

const saying = ({ integration, what, direction, text, path }: Row) =>
  [integration, what, direction, text, path].join('\n')

function rowsOf(integrations: readonly Integration[]): readonly Row[] {
  return integrations.flatMap((one) => [
    ...one.sites.map(({ id, direction, what, path, line }) =>
      row(one, 'site', { key: id, direction, text: what, path, line }),
    ),
    ...one.hosts.map(({ host, path, line }) =>
      row(one, 'host', { key: host, text: host, path, line }),
    ),
    ...one.env.map(({ name, path, line }) =>
      row(one, 'key', { key: name, text: name, path, line }),
    ),
    ...one.sdks.map(({ ecosystem, package: name, declared, locked, path, line }) => {
      const version = locked ?? declared
      const text = version === null ? name : `${name} ${version}`
      return row(one, 'sdk', { key: `${ecosystem}:${text}:${path}`, text, path, line })
    }),
    ...one.apiVersions.map(({ version, path, line }) =>
      row(one, 'version', { key: version, text: version, path, line }),
    ),
  ])
}

function row(
  { id, name }: Integration,
  what: InventoryChange['what'],
  {
    key,
    direction = null,
    text,
    path,
    line,
  }: Pick<Row, 'key' | 'text' | 'path' | 'line'> & {
    readonly direction?: Row['direction']
  },
): Row {
  return { key: `${id} ${what} ${key}`, what, integration: id, name, direction, text, path, line }
}
