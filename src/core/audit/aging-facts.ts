import type { AuditDays } from '#core/audit/audit-days'
import type { Integration } from '#core/inventory/inventory'
import { SDK_WORDINGS, SECTION_WORDINGS, type Wording } from '#core/providers/fact-words'
import type { Provider, Sourced } from '#core/providers/provider'

/** A page of documentation that was read so long ago that what it says will count as unknown. */
export interface AgingSource {
  /** The provider's name. */
  readonly provider: string
  readonly id: string
  readonly source: string
  /** The day from which its facts count as unknown. */
  readonly expires: string
  readonly expired: boolean
  /** What it tells, in the words of our pages: `Webhooks: Signature header`. */
  readonly facts: readonly string[]
}

type Known = Readonly<Record<string, Sourced<unknown> | undefined>>

/** The pages that facts about a used provider rest on and that are near their last day or past it. */
export function agingFacts(
  used: { readonly integration: Integration; readonly provider: Provider },
  { today, factsUntil }: AuditDays,
): readonly AgingSource[] {
  const { id, names } = used.provider
  const near = factsOf(used).filter(({ fact }) => fact.expires <= factsUntil)
  const pages = Map.groupBy(near, ({ fact }) => `${fact.expires} ${fact.source}`)
  return [...pages.values()]
    .flatMap((facts): readonly AgingSource[] => {
      const [first] = facts
      if (first === undefined) return []
      const { source, expires } = first.fact
      const said = facts.map(({ said: words }) => words)
      const provider = names[0] ?? id
      return [{ provider, id, source, expires, expired: expires <= today, facts: said }]
    })
    .toSorted((a, b) => order(a.expires, b.expires) || order(a.source, b.source))
}

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b))

/** What the repository relies on: of SDKs only those that it has. */
function factsOf({
  integration,
  provider,
}: {
  readonly integration: Integration
  readonly provider: Provider
}): readonly { readonly said: string; readonly fact: Sourced<unknown> }[] {
  const { sdkDefaults = {}, ...stated } = provider.facts
  const sections: Readonly<Record<string, Known | undefined>> = stated
  const own = new Set(integration.sdks.map((sdk) => `${sdk.ecosystem}:${sdk.package}`))
  return [
    ...Object.entries(SECTION_WORDINGS).flatMap(([name, { heading, facts }]) =>
      known(heading, facts, sections[name] ?? {}),
    ),
    ...Object.entries(sdkDefaults)
      .filter(([sdk]) => own.has(sdk))
      .flatMap(([sdk, facts]) => known(`Defaults of ${sdk}`, SDK_WORDINGS, facts)),
  ]
}

function known(heading: string, wordings: Readonly<Record<string, Wording>>, facts: Known) {
  return Object.entries(wordings).flatMap(([key, { label }]) => {
    const fact = facts[key]
    return fact === undefined ? [] : [{ said: `${heading}: ${label}`, fact }]
  })
}
