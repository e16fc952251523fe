import type { AuditDays } from '#core/audit/audit-days'
import { monthsAfter } from '#core/audit/months-after'
import type { Integration } from '#core/inventory/inventory'
import type { Provider } from '#core/providers/provider'

/** A version of an API that code asks for, and the last day for which it was promised. */
export interface AgingVersion {
  /** The provider's name. */
  readonly provider: string
  readonly version: string
  readonly path: string
  readonly line: number
  /** The day from which nothing is promised any more. */
  readonly ends: string
  readonly ended: boolean
  /** The page that promises it. */
  readonly source: string
}

/** The day that a version is named after; null where it is named otherwise. */
function dayOf(version: string): string | null {
  const [, year, month, day = '01'] = /^(\d{4})-(0[1-9]|1[0-2])(?:-([0-3]\d))?$/.exec(version) ?? []
  return year === undefined ? null : `${year}-${month}-${day}`
}

/** The versions of a used provider whose promised time is nearly over or over. */
export function agingVersions(
  { integration, provider }: { readonly integration: Integration; readonly provider: Provider },
  { today, versionsUntil }: AuditDays,
): readonly AgingVersion[] {
  const promise = provider.facts.versioning?.supportedMonths
  // A promise that nobody has read again in time is as good as none.
  if (promise === undefined || promise.expires <= today) return []
  return integration.apiVersions.flatMap(({ version, path, line }): readonly AgingVersion[] => {
    const named = dayOf(version)
    if (named === null) return []
    const ends = monthsAfter(named, promise.value)
    if (ends > versionsUntil) return []
    const { source } = promise
    return [{ provider: integration.name, version, path, line, ends, ended: ends <= today, source }]
  })
}
