import type { Catalog } from '#core/providers/catalog'
import {
  SDK_WORDINGS,
  SECTION_WORDINGS,
  valueWords,
  type Wording,
} from '#core/providers/fact-words'
import { byteLength } from '#core/text/lines'

/** A sheet of one provider in more bytes than this is cut: the rest is not about webhooks or calls. */
const MAX_SHEET_BYTES = 1_200

/**
 * What is known of a provider today, a line for each subject, with the pages that state it. Empty
 * where nothing is known: then nothing may be assumed either.
 */
export function providerSheet(id: string, catalog: Pick<Catalog, 'get' | 'facts'>): string {
  const facts = catalog.facts(id)
  const pages = new Set<string>()
  const rows: string[] = []
  for (const [section, { heading, facts: wordings }] of Object.entries(SECTION_WORDINGS)) {
    const words = factWords(facts[section as keyof typeof SECTION_WORDINGS] ?? {}, wordings, pages)
    if (words !== '') rows.push(`${heading}: ${words}.`)
  }
  for (const [sdk, own] of Object.entries(facts.sdkDefaults ?? {})) {
    const words = factWords(own, SDK_WORDINGS, pages)
    if (words !== '') rows.push(`${sdk} by default: ${words}.`)
  }
  if (rows.length === 0) return ''
  const name = catalog.get(id)?.names[0] ?? id
  return [
    `${name} (${id})`,
    ...within(rows, MAX_SHEET_BYTES),
    `Stated by ${[...pages].slice(0, 4).join(', ')}`,
  ].join('\n')
}

function factWords(
  facts: Readonly<Record<string, { readonly value: unknown; readonly source: string } | undefined>>,
  wordings: Readonly<Record<string, Wording>>,
  pages: Set<string>,
): string {
  return Object.entries(wordings)
    .flatMap(([key, wording]) => {
      const fact = facts[key]
      if (fact === undefined) return []
      pages.add(fact.source)
      return [`${wording.label.toLowerCase()} ${valueWords(fact.value, wording).join(', ')}`]
    })
    .join('; ')
}

function within(rows: readonly string[], bytes: number): readonly string[] {
  let left = bytes
  return rows.filter((row) => {
    left -= byteLength(row)
    return left >= 0
  })
}
