import { FACT_VALUES, type Provider, SDK_FACT_VALUES, type Sourced } from '#core/providers/provider'
import { definitions, page } from '#core/render/definition-list'

/**
 * Everything about one provider as text for a person: how it is recognised, and every fact that can
 * be known with the page that states it and the day on which it stops counting. What nobody wrote
 * down, and what has expired, is unknown and says so.
 *
 * @param today a day such as `2026-11-22`
 */
export function providerPage(provider: Provider, today: string, width: number): string {
  const sources = createSources()
  const facts = Object.entries(FACT_VALUES).map(([name, values]) => {
    const known: Known = provider.facts[name as keyof typeof FACT_VALUES] ?? {}
    const heading = name[0]?.toUpperCase() + words(name).slice(1)
    return block(heading, factLines(Object.keys(values), known, today, sources), width)
  })
  const sdks = Object.entries(provider.facts.sdkDefaults ?? {}).map(([sdk, known]) =>
    block(
      `SDK defaults of ${sdk}`,
      factLines(Object.keys(SDK_FACT_VALUES), known, today, sources),
      width,
    ),
  )
  return page([
    [provider.id, provider.names.join(', ')],
    definitions(recognised(provider), width),
    ...facts,
    ...(sdks.length === 0 ? [block('SDK defaults', [['all', UNKNOWN]], width)] : sdks),
    sources.lines(),
  ])
}

/** How many of the facts that can be known about a provider are known today. */
export function knownFacts(provider: Provider, today: string): number {
  const { sdkDefaults = {}, ...sections } = provider.facts
  const all: readonly Known[] = [...Object.values(sections), ...Object.values(sdkDefaults)]
  return all.flatMap((known) => Object.values(known)).filter((fact) => holds(fact, today)).length
}

type Known = Readonly<Record<string, Sourced<unknown> | undefined>>
type Pair = readonly [name: string, value: string]

const UNKNOWN = 'unknown'

function recognised(provider: Provider): readonly Pair[] {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ...Object.entries(provider.packages).map(([name, all]) => [`Packages, ${name}`, all] as const),
    ...Object.entries(provider.imports).map(([name, all]) => [`Modules, ${name}`, all] as const),
    ['Hosts', provider.hosts],
    ['Environment', provider.env],
    ['Headers', provider.headers],
  ]
  const filled = lists.filter(([, all]) => all.length > 0)
  return [
    ['Category', provider.category],
    ...filled.map(([name, all]): Pair => [name, all.join(', ')]),
  ]
}

function block(heading: string, pairs: readonly Pair[], width: number): readonly string[] {
  return [heading, ...definitions(pairs, width - 2).map((line) => `  ${line}`)]
}

function factLines(
  names: readonly string[],
  known: Known,
  today: string,
  sources: Sources,
): readonly Pair[] {
  return names.map((name): Pair => {
    const fact = known[name]
    if (fact === undefined) return [words(name), UNKNOWN]
    const mark = sources.mark(fact)
    if (holds(fact, today)) return [words(name), `${valueWords(fact.value)} ${mark}`]
    return [words(name), `${UNKNOWN} since ${fact.expires} ${mark}`]
  })
}

function holds(fact: Sourced<unknown> | undefined, today: string): boolean {
  return fact !== undefined && fact.expires > today
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

/** `toleranceSeconds` as people write it. */
function words(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function valueWords(value: unknown): string {
  if (value === true) return 'yes'
  if (value === false) return 'no'
  if (Array.isArray(value)) return value.map(valueWords).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  return Object.entries(value)
    .map(([name, part]) => `${words(name)}: ${valueWords(part)}`)
    .join('; ')
}
