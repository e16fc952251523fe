import { findById } from '#core/findings/find-by-id'
import type { Finding, FindingClass } from '#core/findings/finding'
import { pullKey } from '#core/job/job'
import type { Catalog } from '#core/providers/catalog'
import type { ProviderFacts, Sourced } from '#core/providers/provider'
import { explainFinding, noFinding, type Source } from '#core/render/explain-finding'
import type { Report } from '#core/report/report'
import type { Answer, AnswerNeeds } from '#flow/answering'

/** One finding of this pull request in full, also one that a later push has mended. */
export const answerExplain: Answer = async (needs, { job, pull, command }) => {
  const reports = await needs.reports.ofPull(pullKey({ ...job, pull: job.issue }))
  const known = latestOfEach(reports)
  const written = command.id ?? ''
  const found = findById([...known.keys()], written)
  if (found.kind !== 'found') return noFinding(written, found.kind === 'several' ? found.ids : [])
  const { finding } = found
  const report = known.get(finding) ?? reports[0]
  if (report === undefined) return noFinding(written, [])
  return explainFinding({
    finding,
    webUrl: pull.webUrl,
    base: report.base,
    head: report.head,
    current: report === reports[0],
    sources: sourcesOf(needs, finding),
  })
}

/** Each finding as the newest review that had it said it. */
function latestOfEach(reports: readonly Report[]): ReadonlyMap<Finding, Report> {
  const seen = new Set<string>()
  const known = new Map<Finding, Report>()
  for (const report of reports) {
    for (const finding of report.findings) {
      if (seen.has(finding.id)) continue
      seen.add(finding.id)
      known.set(finding, report)
    }
  }
  return known
}

type Section = keyof ProviderFacts

/** The facts of a provider that findings of a class rest on. */
const SECTIONS: Readonly<Partial<Record<FindingClass, Section>>> = {
  'webhook-verification': 'webhooks',
  'timing-unsafe-compare': 'webhooks',
  'replay-window': 'webhooks',
  'webhook-ack': 'webhooks',
  'event-dedupe': 'webhooks',
  idempotency: 'idempotency',
  'rate-limit': 'rateLimits',
  'api-version': 'versioning',
  oauth: 'auth',
  jwt: 'auth',
  pagination: 'pagination',
  'data-mapping': 'money',
  timeout: 'sdkDefaults',
  'retry-policy': 'sdkDefaults',
}

/** Where the rule and the facts that it rests on can be read. */
function sourcesOf({ knowledge }: AnswerNeeds, finding: Finding): readonly Source[] {
  const rule = knowledge.rules.find(({ id }) => id === finding.rule)
  const all = [
    ...(rule?.references ?? []).map((address) => ({ address, checked: null })),
    ...pagesOf(knowledge.catalog, finding),
  ]
  const addresses = new Set<string>()
  return all.filter(({ address }) => !addresses.has(address) && addresses.add(address))
}

function pagesOf(catalog: Catalog, { provider, class: kind }: Finding): readonly Source[] {
  const section = SECTIONS[kind]
  if (provider === null || section === undefined) return []
  return sourcedIn(catalog.facts(provider)[section]).map(({ source: address, checked }) => ({
    address,
    checked,
  }))
}

/** The facts of a section, however deep they stand. */
function sourcedIn(value: unknown): readonly Pick<Sourced<unknown>, 'source' | 'checked'>[] {
  if (typeof value !== 'object' || value === null) return []
  if ('source' in value && 'checked' in value) {
    const { source, checked } = value
    return typeof source === 'string' && typeof checked === 'string' ? [{ source, checked }] : []
  }
  return Object.values(value).flatMap(sourcedIn)
}
