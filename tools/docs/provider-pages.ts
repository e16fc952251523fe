import { Category, type Provider, type Sourced } from '#core/providers/provider'
import {
  type FactGroup,
  type FactLine,
  factGroups,
  knownFacts,
  recognisedBy,
  unknownWords,
} from '#core/render/provider-words'
import { codeSpan, escapeSyntax } from '#core/render/safe-markdown'
import { escapeLine } from '#core/text/hidden-characters'
import { type DocFile, NOTE, order } from './doc-file.ts'

/** A page says until when a fact counts; whether that day has come is for the reader, not for a file. */
const BEFORE_ALL = '0001-01-01'

/** The index of all providers, and a page for each. */
export function providerPages(providers: readonly Provider[]): readonly DocFile[] {
  const sorted = providers.toSorted((a, b) => order(a.id, b.id))
  const pages = sorted.map((provider) => ({
    path: `docs/providers/${provider.id}.md`,
    text: providerPage(provider),
  }))
  return [{ path: 'docs/providers.md', text: indexPage(sorted) }, ...pages]
}

function indexPage(providers: readonly Provider[]): string {
  const total = providers.reduce((sum, provider) => sum + factCount(provider), 0)
  const categories = Category.options.flatMap((category) => {
    const own = providers.filter((provider) => provider.category === category)
    return own.length === 0 ? [] : [`## ${categoryName(category)}`, categoryTable(own)]
  })
  return blocks([
    '# Providers',
    NOTE,
    `${providers.length} providers are recognised by packages, modules, hosts, environment names and headers, and ${total} facts about them are known. A fact counts only with a page of the provider's documentation that states it and until its date of expiry; an empty cell is unknown, and a rule that would need it stays silent.`,
    'A fact is wrong, or a provider is missing? [CONTRIBUTING](../CONTRIBUTING.md#a-new-provider) has the recipe.',
    ...categories,
  ])
}

function categoryTable(providers: readonly Provider[]): string {
  const rows = providers.map((provider) => {
    const { webhooks, idempotency, money } = provider.facts
    return [
      `[${plain(provider.names[0] ?? provider.id)}](providers/${provider.id}.md)`,
      String(factCount(provider)),
      cellOf(webhooks?.signed, (signed) => (signed ? 'signed' : 'not signed')),
      cellOf(webhooks?.header, code),
      cellOf(idempotency?.header, code),
      cellOf(money?.units, plain),
    ]
  })
  const head = [
    'provider',
    'known facts',
    'webhooks',
    'signature header',
    'idempotency header',
    'money',
  ]
  return table(head, rows)
}

function providerPage(provider: Provider): string {
  const name = provider.names[0] ?? provider.id
  const groups = factGroups(provider, BEFORE_ALL)
  const others = provider.names.slice(1)
  const also = others.length === 0 ? '' : ` Also: ${others.map(plain).join(', ')}.`
  return blocks([
    `# ${plain(name)}`,
    NOTE,
    `Id \`${provider.id}\`, category ${provider.category}, ${factWords(factCount(provider))}.${also} [All providers](../providers.md)`,
    '## How it is recognised',
    recognised(provider),
    ...groups.flatMap(factSection),
    ...unknownSection(groups),
  ])
}

function recognised(provider: Provider): string {
  const rows = recognisedBy(provider).map(([label, names]) => [label, names.map(code).join(', ')])
  return rows.length === 0 ? 'Only by its name.' : table(['by', 'names'], rows)
}

function factSection({ heading, lines }: FactGroup): readonly string[] {
  if (lines.length === 0) return []
  const rows = lines.map((line) => [
    plain(line.label),
    said(line),
    link(line.fact.source),
    line.fact.checked,
    line.fact.expires,
  ])
  const head = ['fact', 'value', 'source', 'checked', 'counts until']
  return [`## ${plain(heading)}`, table(head, rows)]
}

function said({ values, code: isCode }: FactLine): string {
  return (values ?? []).map(isCode ? code : plain).join(', ')
}

function unknownSection(groups: readonly FactGroup[]): readonly string[] {
  const words = unknownWords(groups)
  if (words === '') return []
  return ['## Not known', `${plain(capital(words))}. A rule that needs it stays silent.`]
}

const factCount = (provider: Provider) => knownFacts(provider, BEFORE_ALL)

function factWords(count: number): string {
  if (count === 0) return 'no facts known yet'
  return count === 1 ? '1 known fact' : `${count} known facts`
}

function cellOf<T>(fact: Sourced<T> | undefined, show: (value: T) => string): string {
  return fact === undefined ? '' : show(fact.value)
}

/** A page by what people read of its address: host and path. */
function link(address: string): string {
  const target = new URL(address).href.replaceAll(
    /[<>|\\()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  const { host, pathname } = new URL(target)
  const shown = `${host}${pathname}`.replace(/^www\./, '').replace(/\/$/, '')
  return `[${plain(shown)}](${target})`
}

/** `CRM` and `Payments`: the short ones are abbreviations. */
const categoryName = (category: Category) =>
  category.length <= 3 ? category.toUpperCase() : capital(category)
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const blocks = (parts: readonly string[]) => `${parts.join('\n\n')}\n`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [row(head), `|${'---|'.repeat(head.length)}`, ...rows.map(row)].join('\n')
}

/** Text on one line that reads as this very text, also in a cell. */
const plain = (text: string) => escapeSyntax(escapeLine(text))

/** A cell ends at a bar even inside code. */
const code = (text: string) => codeSpan(text).replaceAll('|', '\\|')
