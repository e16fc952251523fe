import type { Provider, Sourced } from '#core/providers/provider'
import { definitions, page, section } from '#core/render/definition-list'
import {
  type FactGroup,
  type FactLine,
  factGroups,
  recognisedBy,
  unknownWords,
} from '#core/render/provider-words'

/**
 * Everything about one provider as text for a person: how it is recognised, and every known fact
 * with the page that states it and the day on which it stops counting. What nobody wrote down is
 * named at the end; what has expired is unknown and says so.
 *
 * @param today a day such as `2026-11-22`
 */
export function providerPage(provider: Provider, today: string, width: number): string {
  const sources = createSources()
  const groups = factGroups(provider, today)
  return page([
    [provider.id, provider.names.join(', ')],
    definitions(recognised(provider), width),
    ...groups.map((group) => block(group, sources, width)),
    unknownBlock(groups, width),
    sources.lines(),
  ])
}

type Pair = readonly [name: string, value: string]

function recognised(provider: Provider): readonly Pair[] {
  const lists = recognisedBy(provider).map(([name, all]): Pair => [name, all.join(', ')])
  return [['Category', provider.category], ...lists]
}

function block({ heading, lines }: FactGroup, sources: Sources, width: number): readonly string[] {
  if (lines.length === 0) return []
  const pairs = lines.map((line): Pair => [line.label, `${said(line)} ${sources.mark(line.fact)}`])
  return [heading, ...definitions(pairs, width - 2).map((line) => `  ${line}`)]
}

function said({ values, fact }: FactLine): string {
  return values === null ? `unknown since ${fact.expires}` : values.join(', ')
}

function unknownBlock(groups: readonly FactGroup[], width: number): readonly string[] {
  const words = unknownWords(groups)
  return words === ''
    ? []
    : section('Not known, so that a rule which needs it stays silent', words, width)
}

interface Sources {
  /** The mark of the page that states a fact, as in `[2]`. */
  mark(fact: Sourced<unknown>): string
  lines(): readonly string[]
}

/** Several facts stand on one page: each page is listed once. */
function createSources(): Sources {
  const known = new Map<string, { readonly number: number; readonly lines: readonly string[] }>()
  return {
    mark({ source, checked, expires }) {
      const key = `${source} ${checked} ${expires}`
      const number = known.get(key)?.number ?? known.size + 1
      const lines = [`  [${number}] ${source}`, `      read ${checked}, counts until ${expires}`]
      known.set(key, { number, lines })
      return `[${number}]`
    },
    lines: () =>
      known.size === 0 ? [] : ['Sources', ...[...known.values()].flatMap(({ lines }) => lines)],
  }
}
