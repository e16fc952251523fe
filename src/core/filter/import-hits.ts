import { type Hit, hitAt } from '#core/filter/hit'
import { IMPORT_SIGNALS, IMPORT_WEIGHT } from '#core/filter/import-vocabulary'
import { importedPathHit } from '#core/filter/path-hits'
import { importsOn } from '#core/filter/read-imports'
import type { CodeLine } from '#core/filter/read-lines'
import type { Catalog } from '#core/providers/catalog'
import type { Category, ImportLanguage } from '#core/providers/provider'

/** A line can only import when it holds this; most lines are passed over after one look. */
const MAY_IMPORT: Readonly<Record<ImportLanguage, RegExp>> = {
  js: /\b(?:import|require|from)\b/,
  python: /\bimport/,
  java: /^\s*import\s/,
  go: /"[\w./~-]+"\s*$/,
  ruby: /\brequire|\bgem\b|[A-Z]\w*(?:::|\.)|\bautoload/,
  php: /\buse\s|\bnew\s|::/,
  csharp: /\busing\s/,
  rust: /\buse\s|\bextern\s/,
}

/** What only reports on the program itself says less of what a file is for. */
const CATEGORY_WEIGHT: Readonly<Partial<Record<Category, number>>> = {
  monitoring: 0.3,
  analytics: 0.5,
}
const SDK_WEIGHT = 0.75
/** A type tells what data looks like, not that somebody is called. */
const TYPE_ONLY = /^\s*import\s+type\b/
const TYPE_FACTOR = 0.5
const INNER_WEIGHT = 0.25
const INNER_PROVIDER_WEIGHT = 0.3

/** What the modules say that a line of code uses: a provider's, a generic client, one of our own. */
export function importHits(
  line: CodeLine,
  language: ImportLanguage,
  catalog: Catalog,
): readonly Hit[] {
  if (!MAY_IMPORT[language].test(line.text)) return []
  return importsOn(line.text, language).flatMap((module) => {
    const hit = importHit(line, module, language, catalog)
    return hit === null ? [] : [hit]
  })
}

function importHit(
  line: CodeLine,
  module: string,
  language: ImportLanguage,
  catalog: Catalog,
): Hit | null {
  const provider = catalog.byImport(language, module)
  if (provider !== null) {
    const category = catalog.get(provider)?.category
    const full = (category && CATEGORY_WEIGHT[category]) ?? SDK_WEIGHT
    const weight = TYPE_ONLY.test(line.text) ? full * TYPE_FACTOR : full
    return hitAt(line, { signal: 'provider-sdk', detail: module, weight, reach: 'file', provider })
  }
  const detail = `uses ${module}`
  const signal = IMPORT_SIGNALS[language].find(module)
  if (signal !== null) {
    return hitAt(line, { signal, detail, weight: IMPORT_WEIGHT[signal], reach: 'file' })
  }
  // Ruby and PHP name constants everywhere; only a path tells where a module of one's own stands.
  if (language === 'ruby' || language === 'php') return null
  const inner = importedPathHit(module.replaceAll(/\.(?=\w)|::/g, '/'), catalog)
  if (inner === null) return null
  const { provider: named } = inner
  const weight = named === null ? INNER_WEIGHT : INNER_PROVIDER_WEIGHT
  const sight = { detail, weight, reach: 'part', provider: named } as const
  return hitAt(line, { signal: 'imports-integration', ...sight })
}
