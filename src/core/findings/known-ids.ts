import type { Claim } from '#core/findings/finding'

/** Identities that findings had before, by the place where they stand now. */
export type KnownIds = ReadonlyMap<string, string>

/** Names a claim within one review, whatever its words. */
export function placeOf({ class: kind, source, path, side, startLine, line }: Claim): string {
  return [kind, source, path, side, startLine, line].join(' ')
}
