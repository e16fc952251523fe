import { CATALOG_LANGUAGE, importedNames } from '#core/inventory/imported-names'
import type { LibraryDefaults } from '#core/matrix/library-defaults'
import type { Catalog } from '#core/providers/catalog'
import { moduleKey, moduleOfPackage, moduleSeparator, registryOf } from '#core/providers/claims'
import { createNameTable } from '#core/providers/name-table'
import type { ImportLanguage, ProviderFacts } from '#core/providers/provider'
import type { CodeFile } from '#core/rules/code'

type Known = NonNullable<ProviderFacts['sdkDefaults']>[string]

/** Whose SDK is asked for, what it is called, and the file that calls it. */
export interface SdkNeeds {
  readonly id: string
  readonly name: string
  readonly file: CodeFile
}

/**
 * What the provider's SDK does by itself, as its pack says; null where the pack knows none, or
 * several of the file's language and the file does not say which. A service of a cloud may be spoken
 * to by the cloud's own SDK: `aws-s3` of Python by that of `aws`.
 */
export function sdkDefaults(
  catalog: Catalog,
  { id, name, file }: SdkNeeds,
): LibraryDefaults | null {
  const language = CATALOG_LANGUAGE[file.language]
  const prefix = `${registryOf(language)}:`
  const found = [id, id.split('-', 1)[0] ?? id]
    .map((one) => Object.entries(catalog.facts(one).sdkDefaults ?? {}))
    .map((all) => all.filter(([key]) => key.startsWith(prefix)))
    .find((all) => all.length > 0)
  if (found === undefined) return null
  const sdks = new Map(found.map(([key, known]) => [key.slice(prefix.length), known]))
  const sdk = importedSdk(sdks, language, file) ?? onlyOne(sdks)
  if (sdk === null) return null
  const { timeoutMs, retries, spreads, rateLimited } = sdk
  return {
    name: `the SDK of ${name}`,
    // Packs write 0 where nothing ends an attempt.
    timeoutMs: timeoutMs?.value === 0 ? null : timeoutMs?.value,
    retries: retries?.value,
    ...(spreads === undefined ? {} : { spreads: spreads.value }),
    ...(rateLimited === undefined ? {} : { rateLimited: rateLimited.value }),
    source: (timeoutMs ?? retries ?? spreads ?? rateLimited)?.source ?? '',
  }
}

function onlyOne(sdks: ReadonlyMap<string, Known>): Known | null {
  const [only, ...others] = sdks.values()
  return only !== undefined && others.length === 0 ? only : null
}

/** The one SDK whose package the file imports; null where it imports none of them, or several. */
function importedSdk(
  sdks: ReadonlyMap<string, Known>,
  language: ImportLanguage,
  file: CodeFile,
): Known | null {
  if (sdks.size < 2) return null
  const separator = moduleSeparator(language)
  const modules = createNameTable<Known>(separator)
  for (const [name, known] of sdks) {
    const root = moduleOfPackage(language, name)
    modules.add(moduleKey(language, root.endsWith('*') ? root : `${root}${separator}*`), known)
  }
  const imported = new Set(
    importedNames(file).flatMap(({ module }) => modules.find(moduleKey(language, module)) ?? []),
  )
  const [only, ...others] = imported
  return only !== undefined && others.length === 0 ? only : null
}
