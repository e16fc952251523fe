/** What of a history is asked for: without what `from` reaches, of one path, so many at most. */
export type Range = { from?: string; path?: string; limit?: number }

type Parents = (oid: string) => Promise<readonly string[]>

/** What a commit reaches by single parents, newest first; null where there is a merge. */
async function lineFrom(tip: string, parentsOf: Parents): Promise<string[] | null> {
  const line: string[] = []
  for (let oid: string | undefined = tip; oid !== undefined; ) {
    line.push(oid)
    const parents: readonly string[] = await parentsOf(oid)
    if (parents.length > 1) return null
    oid = parents[0]
  }
  return line
}

/** What a history without merges says to a question; null where git has to be asked. */
async function readLine(
  tip: string,
  base: string | undefined,
  limit: number | undefined,
  parentsOf: Parents,
): Promise<string[] | null> {
  const line = await lineFrom(tip, parentsOf)
  const known = base === undefined ? [] : await lineFrom(base, parentsOf)
  if (line === null || known === null) return null
  const left = new Set(known)
  return line.filter((oid) => !left.has(oid)).slice(0, limit)
}

/**
 * Ids of the commits that a ref reaches, newest first. What a commit reaches never changes, so a
 * test that looks many times a second starts no process for it.
 */
export function createHistory(
  run: (args: string[]) => Promise<string>,
  resolve: (ref: string) => Promise<string | null>,
  parentsOf: Parents,
): (to: string, range: Range) => Promise<string[]> {
  const known = new Map<string, Promise<string[]>>()
  return async (to, { from, path, limit }) => {
    const tip = await resolve(to)
    const base = from === undefined ? undefined : await resolve(from)
    if (tip !== null && base !== null && path === undefined) {
      const line = await readLine(tip, base, limit, parentsOf)
      if (line !== null) return line
    }
    const args = [
      'rev-list',
      '--topo-order',
      ...(limit === undefined ? [] : [`--max-count=${limit}`]),
      tip ?? to,
      ...(from === undefined ? [] : [`^${base ?? from}`]),
      ...(path === undefined ? [] : ['--', path]),
    ]
    const key = args.join('\0')
    const asked = known.get(key) ?? run(args).then((out) => out.split('\n').filter(Boolean))
    if (tip !== null && base !== null) known.set(key, asked)
    return asked
  }
}
