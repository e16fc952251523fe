import { type AgingSource, agingFacts } from '#core/audit/aging-facts'
import { type AgingVersion, agingVersions } from '#core/audit/aging-versions'
import type { AuditDays } from '#core/audit/audit-days'
import type { Integration } from '#core/inventory/inventory'
import type { JudgedEntry } from '#core/memory/entry-status'
import type { Provider } from '#core/providers/provider'

/** What of a repository grows old by itself: nobody changed a line, and it needs another look. */
export interface Audit {
  /** What is known of its providers and will soon count as unknown, or does already. */
  readonly facts: readonly AgingSource[]
  /** Versions that code asks for and that their provider is about to end, or has ended. */
  readonly versions: readonly AgingVersion[]
  /** Entries of the memory whose cited line has changed. */
  readonly suspects: readonly JudgedEntry[]
}

/** What an audit looks at. */
export interface AuditInput {
  readonly integrations: readonly Integration[]
  /** Every pack, with the facts that have expired too. */
  readonly providers: readonly Provider[]
  readonly entries: readonly JudgedEntry[]
  readonly days: AuditDays
}

/** Collects what needs another look today; the same input gives the same result. */
export function auditOf({ integrations, providers, entries, days }: AuditInput): Audit {
  const byId = new Map(providers.map((provider) => [provider.id, provider]))
  const used = integrations
    .filter(({ sites }) => sites.length > 0)
    .flatMap((integration) => {
      const provider = byId.get(integration.id)
      return provider === undefined ? [] : [{ integration, provider }]
    })
  return {
    facts: used.flatMap((one) => agingFacts(one, days)),
    versions: used.flatMap((one) => agingVersions(one, days)),
    suspects: entries.filter(({ status }) => status === 'suspect'),
  }
}

/** Whether there is nothing to say. */
export function isClean({ facts, versions, suspects }: Audit): boolean {
  return facts.length + versions.length + suspects.length === 0
}
