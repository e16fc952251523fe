import { claimsOf, packageKey, packageSeparator } from '#core/providers/claims'
import { createNameTable } from '#core/providers/name-table'
import type { PackProblem } from '#core/providers/pack'
import { Ecosystem, type Provider } from '#core/providers/provider'

/** What is wrong with a pack whose every value is well formed: it repeats or contradicts itself. */
export function packProblems(provider: Provider): readonly PackProblem[] {
  return [...repeated(provider), ...strangeSdks(provider)]
}

/** Names are left out: an id is often a name, and two spellings of a name do no harm. */
function repeated(provider: Provider): readonly PackProblem[] {
  const seen = new Set<string>()
  return claimsOf(provider)
    .filter(({ stated, kind }) => stated && kind !== 'name')
    .flatMap(({ kind, key, written, path }) => {
      const claim = `${kind} ${key}`
      if (seen.has(claim)) return [{ path, reason: `"${written}" stands here twice` }]
      seen.add(claim)
      return []
    })
}

/** Defaults of a package that is not the provider's own would never be found. */
function strangeSdks({ packages, facts }: Provider): readonly PackProblem[] {
  return Object.keys(facts.sdkDefaults ?? {}).flatMap((sdk) => {
    const ecosystem = Ecosystem.options.find((name) => sdk.startsWith(`${name}:`))
    if (ecosystem === undefined) return []
    const own = createNameTable<true>(packageSeparator(ecosystem))
    for (const name of packages[ecosystem] ?? []) own.add(packageKey(ecosystem, name), true)
    const known = own.find(packageKey(ecosystem, sdk.slice(ecosystem.length + 1)))
    const path = ['facts', 'sdkDefaults', sdk]
    return known ? [] : [{ path, reason: `is not in packages.${ecosystem}` }]
  })
}
