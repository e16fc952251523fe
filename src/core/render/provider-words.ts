import {
  SDK_WORDINGS,
  SECTION_WORDINGS,
  valueWords,
  type Wording,
} from '#core/providers/fact-words'
import type { Ecosystem, ImportLanguage, Provider, Sourced } from '#core/providers/provider'

/** One fact in words. */
export interface FactLine {
  readonly label: string
  /** Null when the fact has expired. */
  readonly values: readonly string[] | null
  /** Whether the values are names as code writes them. */
  readonly code: boolean
  readonly fact: Sourced<unknown>
}

/** The facts about one subject; what nobody wrote down is only named. */
export interface FactGroup {
  readonly heading: string
  readonly lines: readonly FactLine[]
  readonly unknown: readonly string[]
}

/** As their makers write them. */
const REGISTRIES: Readonly<Record<Ecosystem, string>> = {
  npm: 'npm',
  pypi: 'PyPI',
  maven: 'Maven',
  go: 'Go',
  rubygems: 'RubyGems',
  composer: 'Composer',
  nuget: 'NuGet',
  cargo: 'Cargo',
}
const LANGUAGES: Readonly<Record<ImportLanguage, string>> = {
  js: 'JavaScript',
  python: 'Python',
  java: 'Java',
  go: 'Go',
  ruby: 'Ruby',
  php: 'PHP',
  csharp: 'C#',
  rust: 'Rust',
}

type Known = Readonly<Record<string, Sourced<unknown> | undefined>>
type Named = readonly (readonly [label: string, names: readonly string[]])[]

/** By what a provider is recognised: what kind of thing, and which. */
export function recognisedBy(provider: Provider): Named {
  const { packages, imports } = provider
  const registries: Readonly<Record<string, string>> = REGISTRIES
  const languages: Readonly<Record<string, string>> = LANGUAGES
  const all: Named = [
    ...Object.entries(packages).map(
      ([name, names]) => [`${registries[name] ?? name} packages`, names] as const,
    ),
    ...Object.entries(imports).map(
      ([name, names]) => [`${languages[name] ?? name} modules`, names] as const,
    ),
    ['Hosts', provider.hosts],
    ['Environment', provider.env],
    ['Headers', provider.headers],
  ]
  return all.filter(([, names]) => names.length > 0)
}

/**
 * Every fact that can be known about a provider, in the order in which pages show them.
 *
 * @param today a day such as `2026-11-22`; a fact that has expired has no values
 */
export function factGroups(provider: Provider, today: string): readonly FactGroup[] {
  const { sdkDefaults = {}, ...stated } = provider.facts
  const sections: Readonly<Record<string, Known | undefined>> = stated
  const groups = Object.entries(SECTION_WORDINGS).map(([name, { heading, facts }]) =>
    factGroup(heading, facts, sections[name] ?? {}, today),
  )
  const sdks = Object.entries(sdkDefaults).map(([sdk, known]) =>
    factGroup(`Defaults of ${sdkName(sdk)}`, SDK_WORDINGS, known, today),
  )
  const none: FactGroup = { heading: 'SDK defaults', lines: [], unknown: ['all'] }
  return [...groups, ...(sdks.length === 0 ? [none] : sdks)]
}

/** How many of the facts that can be known about a provider are known today. */
export function knownFacts(provider: Provider, today: string): number {
  const lines = factGroups(provider, today).flatMap((group) => group.lines)
  return lines.filter(({ values }) => values !== null).length
}

/** What nobody wrote down about a provider, on one line; empty when everything is known. */
export function unknownWords(groups: readonly FactGroup[]): string {
  return groups
    .filter(({ unknown }) => unknown.length > 0)
    .map(({ heading, lines, unknown }) => {
      const subject = inSentence(heading)
      return lines.length === 0 ? subject : `${subject} (${unknown.map(inSentence).join(', ')})`
    })
    .join(', ')
}

function factGroup(
  heading: string,
  wordings: Readonly<Record<string, Wording>>,
  known: Known,
  today: string,
): FactGroup {
  const lines = Object.entries(wordings).flatMap(([name, wording]): readonly FactLine[] => {
    const fact = known[name]
    if (fact === undefined) return []
    const values = fact.expires > today ? valueWords(fact.value, wording) : null
    return [{ label: wording.label, values, code: wording.code === true, fact }]
  })
  const unknown = Object.entries(wordings).filter(([name]) => known[name] === undefined)
  return { heading, lines, unknown: unknown.map(([, { label }]) => label) }
}

/** `npm:stripe` as people say it. */
function sdkName(sdk: string): string {
  const [ecosystem = '', ...rest] = sdk.split(':')
  const registries: Readonly<Record<string, string>> = REGISTRIES
  return `the ${registries[ecosystem] ?? ecosystem} package ${rest.join(':')}`
}

/** A label inside a sentence; a word in capitals, such as `API`, stays. */
function inSentence(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label
}
