import parseLinkHeader from 'parse-link-header'

export class GitlabHttpError extends Error {
  constructor(readonly status: number, path: string) {
    super(`GET ${path}: ${status}`)
  }
}

export async function* listAll<T>(
  base: string,
  path: string,
  token: string,
  parse: (item: unknown) => T,
): AsyncGenerator<T> {
  const origin = new URL(base).origin
  let next: URL | null = new URL(path, base)
  next.searchParams.set('pagination', 'keyset')
  next.searchParams.set('order_by', 'id')
  next.searchParams.set('per_page', '100')

  while (next) {
    if (next.origin !== origin) throw new Error(`unexpected page host ${next.host}`)
    const response: Response = await fetch(next, {
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(15_000),
      redirect: 'error',
    })
    if (!response.ok) throw new GitlabHttpError(response.status, next.pathname)
    const items = (await response.json()) as unknown[]
    for (const item of items) yield parse(item)
    const link = parseLinkHeader(response.headers.get('link'))?.next?.url
    next = link ? new URL(link) : null
  }
}
