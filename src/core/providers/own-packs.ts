import type { Complaint } from '#core/problem'
import { claimConflicts } from '#core/providers/check-packs'
import { claimsOf } from '#core/providers/claims'
import type { Pack } from '#core/providers/pack'
import { parseProvider } from '#core/providers/parse-provider'
import type { Provider } from '#core/providers/provider'
import type { SourceText } from '#core/text/source-text'

/** Longer than any pack that comes with the app, in characters. */
const LONGEST = 64 * 1024

/** The packs of a repository that can be used, and what is wrong with the others. */
export interface OwnPacks {
  readonly providers: readonly Provider[]
  readonly complaints: readonly Complaint[]
}

/**
 * Reads the provider packs that a repository brings. They add providers: one that claims what a
 * shipped pack claims is left out, so that nobody can make the app forget that Stripe signs.
 */
export function readOwnPacks(files: readonly SourceText[], shipped: readonly Provider[]): OwnPacks {
  const read = files.map(({ path, text }) =>
    text.length > LONGEST
      ? refused(path, `is longer than ${LONGEST} characters`)
      : parseProvider(text, path),
  )
  const packs = read.flatMap((one) => (one.ok ? [one.value] : []))
  const taken = [...takenFrom(shipped, packs), ...claimConflicts(packs)]
  const faulty = new Set(taken.map(({ file }) => file))
  return {
    providers: packs.filter(({ file }) => !faulty.has(file)).map(({ provider }) => provider),
    complaints: [...read.flatMap((one) => (one.ok ? [] : one.complaints)), ...taken],
  }
}

function takenFrom(shipped: readonly Provider[], own: readonly Pack[]): readonly Complaint[] {
  if (own.length === 0) return []
  const owners = new Map(
    shipped.flatMap((provider) =>
      claimsOf(provider).map(({ kind, key }) => [`${kind} ${key}`, provider] as const),
    ),
  )
  return own.flatMap(({ provider, file, lineOf }) =>
    claimsOf(provider).flatMap(({ kind, key, written, path }): readonly Complaint[] => {
      const owner = owners.get(`${kind} ${key}`)
      if (owner === undefined) return []
      const name = owner.names[0] ?? owner.id
      const reason = `${kind} "${written}" belongs to ${name}, which the app knows already`
      return [{ file, line: lineOf(path), reason }]
    }),
  )
}

function refused(file: string, reason: string) {
  return { ok: false, complaints: [{ file, line: null, reason }] } as const
}
