/** What of a history is asked for: without what `from` reaches, of one path, so many at most. */
export type Range = { from?: string; path?: string; limit?: number }

/**
 * Ids of the commits that a ref reaches, newest first. What a commit reaches never changes, so a
 * test that looks many times a second starts no process for it.
 */
export function createHistory(
  run: (args: string[]) => Promise<string>,
  resolve: (ref: string) => Promise<string | null>,
): (to: string, range: Range) => Promise<string[]> {
  const known = new Map<string, Promise<string[]>>()
  return async (to, { from, path, limit }) => {
    const tip = await resolve(to)
    const base = from === undefined ? undefined : await resolve(from)
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
