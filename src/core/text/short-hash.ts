import { createHash } from 'node:crypto'

/** A short, stable digest of several strings: hex, of the given length, unambiguous in its parts. */
export function shortHash(parts: readonly string[], digits: number): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:${part}`)
  return hash.digest('hex').slice(0, digits)
}
