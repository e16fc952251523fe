import { existsSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The git repository of `owner/name` below a folder of mirrors, bare or not; null where there is
 * none. Looks for `owner+name/repo`, `owner+name` and `owner/name`.
 */
export function findMirror(mirrors: string, repo: string): string | null {
  const flat = repo.replace('/', '+')
  const places = [join(mirrors, flat, 'repo'), join(mirrors, flat), join(mirrors, repo)]
  const found = places.find(
    (place) => existsSync(join(place, 'objects')) || existsSync(join(place, '.git')),
  )
  return found ?? null
}
