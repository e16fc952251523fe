import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import * as z from 'zod'
import { complaintLine } from '#core/problem'
import type { Provider, Sourced } from '#core/providers/provider'
import { PLACEHOLDER, type Rule } from '#core/rules/rule'
import { loadProviders } from '#wiring/load-providers'
import { loadRules } from '#wiring/load-rules'

const HOME = fileURLToPath(new URL('..', import.meta.url))
const NOTE = '<!-- Written by `node tools/write-docs.ts`; a test compares it. -->'

/** A page of the documentation that is made from data: where it lies and its text. */
export interface DocFile {
  readonly path: string
  readonly text: string
}

/** The pages about rules and providers, made from the files that the product itself reads. */
export async function docFiles(): Promise<readonly DocFile[]> {
  const { rules } = await loadRules(HOME)
  const providers = await loadProviders(`${HOME}providers`)
  if (!providers.ok) throw new Error(providers.complaints.map(complaintLine).join('\n'))
  return [
    { path: 'docs/rules.md', text: rulesPage(rules) },
    { path: 'docs/providers.md', text: providersPage(providers.value) },
  ]
}

function rulesPage(rules: readonly Rule[]): string {
  const sorted = rules.toSorted((a, b) => order(a.class, b.class) || order(a.id, b.id))
  const rows = sorted.map(
    (rule) =>
      `| [${rule.id}](#${rule.id}) | ${rule.class} | ${rule.severity} | ${rule.proof} | ${plain(rule.title)} |`,
  )
  return [
    '# Rules',
    NOTE,
    `${rules.length} rules for TypeScript, JavaScript and Python. A rule speaks only about lines that a change adds or touches, or where it takes a protection away. \`proven\`: the code shows it. \`plausible\`: a person has to judge it.`,
    'Switch a rule or a whole class off, or give it another severity, in [`.github/tech-lead.yml`](../README.md#configuration): `rules: { call-without-timeout: low, timeout: off }`.',
    ['| rule | class | severity | proof | finds |', '|---|---|---|---|---|', ...rows].join('\n'),
    ...sorted.map(ruleSection),
  ]
    .join('\n\n')
    .concat('\n')
}

function ruleSection(rule: Rule): string {
  const references = rule.references.map((address) => `- <${address}>`)
  return [
    `## ${rule.id}`,
    plain(rule.what),
    `**When it breaks.** ${plain(rule.why)}`,
    `**Fix.** ${plain(rule.fix.text)}`,
    references.join('\n'),
  ].join('\n\n')
}

function providersPage(providers: readonly Provider[]): string {
  const rows = providers
    .toSorted((a, b) => order(a.id, b.id))
    .map((provider) => {
      const { webhooks, idempotency, money } = provider.facts
      const cells = [
        provider.id,
        provider.names[0] ?? provider.id,
        provider.category,
        known(webhooks?.signed, (signed) => (signed ? 'signed' : 'not signed')),
        known(webhooks?.header, code),
        known(idempotency?.header, code),
        known(money?.units, (units) => units),
      ]
      return `| ${cells.join(' | ')} |`
    })
  return [
    '# Providers',
    NOTE,
    `${providers.length} providers are recognised by packages, hosts, environment names and headers. A fact counts only with a page of the provider's documentation that states it and until its date of expiry; an empty cell is unknown, and a rule that would need it stays silent. Each file of \`providers/\` names its sources.`,
    [
      '| id | name | category | webhooks | signature header | idempotency header | money |',
      '|---|---|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n')
}

function known<T>(fact: Sourced<T> | undefined, show: (value: T) => string): string {
  return fact === undefined ? '' : show(fact.value)
}

function code(text: string): string {
  return `\`${text}\``
}

/** A rule's sentence on one line; the names that code fills in stand in italics. */
function plain(sentence: string): string {
  return sentence
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
    .replaceAll('*', '\\*')
    .replaceAll(PLACEHOLDER, '*$1*')
    .replaceAll(/\s+/g, ' ')
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}

const Manifest = z.object({
  default_permissions: z.record(z.string(), z.string()),
  default_events: z.array(z.string()),
})

/**
 * The address of GitHub's own form, filled in with what app.yml asks for:
 * https://docs.github.com/en/apps/sharing-github-apps/registering-a-github-app-using-url-parameters
 */
export function registrationAddress(): string {
  const manifest = Manifest.parse(parse(readFileSync(`${HOME}app.yml`, 'utf8')))
  const query = [
    ['public', 'false'],
    ['webhook_active', 'true'],
    ...Object.entries(manifest.default_permissions),
    ...manifest.default_events.map((event) => ['events[]', event]),
  ]
  return `https://github.com/settings/apps/new?${query.map((pair) => pair.join('=')).join('&')}`
}

if (import.meta.main) {
  for (const { path, text } of await docFiles()) writeFileSync(`${HOME}${path}`, text)
  console.log(registrationAddress())
}
