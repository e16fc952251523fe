import { languageOf } from '#core/facts/language'
import { CATALOG_LANGUAGE } from '#core/inventory/imported-names'
import type { Owner } from '#core/inventory/owner'
import type { CallUnit } from '#core/matrix/call-unit'
import { LIBRARY_DEFAULTS, type LibraryDefaults } from '#core/matrix/library-defaults'
import { otherDefaults } from '#core/matrix/other-defaults'
import type { Catalog } from '#core/providers/catalog'
import type { Ecosystem, ImportLanguage, ProviderFacts } from '#core/providers/provider'

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

const ECOSYSTEMS: Readonly<Record<ImportLanguage, Ecosystem>> = {
  js: 'npm',
  python: 'pypi',
  java: 'maven',
  go: 'go',
  ruby: 'rubygems',
  php: 'composer',
  csharp: 'nuget',
  rust: 'cargo',
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
        ? sdkDefaults(catalog, party.id, { path: file.path, name: callee })
        : (otherDefaults(unit) ?? LIBRARY_DEFAULTS[party.id] ?? null),
  }
}

/**
 * What the SDK of the file's language does by itself, as the provider's pack says. A service of a
 * cloud may be spoken to by the cloud's own SDK: `aws-s3` of Python by that of `aws`.
 */
function sdkDefaults(
  catalog: Catalog,
  id: string,
  { path, name }: { readonly path: string; readonly name: string },
): LibraryDefaults | null {
  const language = languageOf(path)
  if (language === null) return null
  const prefix = `${ECOSYSTEMS[CATALOG_LANGUAGE[language]]}:`
  const found = [id, id.split('-', 1)[0] ?? id]
    .map((one) => Object.entries(catalog.facts(one).sdkDefaults ?? {}))
    .map((all) => all.filter(([key]) => key.startsWith(prefix)))
    .find((all) => all.length > 0)
  const [only, ...others] = found ?? []
  if (only === undefined || others.length > 0) return null
  const [, { timeoutMs, retries }] = only
  return {
    name: `the SDK of ${name}`,
    timeoutMs: timeoutMs === undefined ? undefined : timeoutMs.value,
    retries: retries?.value,
    source: (timeoutMs ?? retries)?.source ?? '',
  }
}
