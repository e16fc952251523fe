import type { Owner } from '#core/inventory/owner'
import type { CallUnit } from '#core/matrix/call-unit'
import { LIBRARY_DEFAULTS, type LibraryDefaults } from '#core/matrix/library-defaults'
import { otherDefaults } from '#core/matrix/other-defaults'
import { sdkDefaults } from '#core/matrix/sdk-defaults'
import type { Catalog } from '#core/providers/catalog'
import type { ProviderFacts } from '#core/providers/provider'

/** What the cells of a call are read from. */
export interface CallView {
  readonly unit: CallUnit
  /** Where the call stands. */
  readonly at: { readonly path: string; readonly line: number }
  /** What is known of the provider that is called; empty for others. */
  readonly facts: ProviderFacts
  /** How the provider or the library is called. */
  readonly callee: string
  /** What the library or the provider's SDK does by itself. */
  readonly defaults: LibraryDefaults | null
}

/** Brings together what is known of a call. */
export function viewOfCall(unit: CallUnit, owner: Owner, catalog: Catalog): CallView {
  const { request, file } = unit
  const provider = owner.kind === 'provider' ? catalog.get(owner.name) : null
  const facts = provider === null ? {} : catalog.facts(provider.id)
  const { party } = request
  const callee = provider?.names[0] ?? party.id
  return {
    unit,
    at: { path: file.path, line: request.fact.line },
    facts,
    callee,
    defaults:
      party.kind === 'provider'
        ? sdkDefaults(catalog, { id: party.id, name: callee, file })
        : (otherDefaults(unit) ?? LIBRARY_DEFAULTS[party.id] ?? null),
  }
}
