import { CATALOG_LANGUAGE } from '#core/inventory/imported-names'
import type { Complaint } from '#core/problem'
import { type Catalog, createCatalog } from '#core/providers/catalog'
import { readOwnPacks } from '#core/providers/own-packs'
import type { Provider } from '#core/providers/provider'
import type { ProviderFacts, ProviderKnowledge } from '#core/rules/provider-knowledge'
import type { Rule } from '#core/rules/rule'
import { SETTINGS_PATH, type Settings } from '#core/settings/settings'
import type { SourceText } from '#core/text/source-text'
import type { Contents, TrustedFiles } from '#flow/ports'

/** What is known: by this installation when it starts, and with the packs of a repository in it. */
export interface Knowledge {
  readonly rules: readonly Rule[]
  readonly providers: ProviderKnowledge
  readonly catalog: Catalog
}

/**
 * The provider packs as the filter looks them up, and as the rules ask for them.
 *
 * @param today a day such as `2026-11-22`
 * @param expired whether facts that have expired by then count as unknown, or as before
 */
export function providerKnowledge(
  packs: readonly Provider[],
  today: string,
  expired: 'unknown' | 'known' = 'unknown',
): Pick<Knowledge, 'catalog' | 'providers'> {
  const catalog = createCatalog(packs, today, expired)
  return { catalog, providers: knowledgeOf(catalog) }
}

/** What is known in one repository, and what is wrong with the packs that it brings. */
export interface OwnKnowledge {
  readonly knowledge: Knowledge
  readonly complaints: readonly Complaint[]
}

/**
 * Adds the provider packs that the settings of a repository name, as they stand on its default
 * branch. A pack that cannot be used is left out and named, with file and line.
 */
export async function withOwnPacks(
  knowledge: Knowledge,
  { providers: paths }: Settings,
  {
    trusted,
    contents,
  }: {
    readonly trusted: Pick<TrustedFiles, 'settings'>
    readonly contents: Pick<Contents, 'read'>
  },
): Promise<OwnKnowledge> {
  if (paths.length === 0) return { knowledge, complaints: [] }
  const read = await contents.read(paths, 'tip')
  const files: SourceText[] = []
  const complaints: Complaint[] = []
  for (const path of new Set(paths)) {
    const content = read.get(path)
    if (content?.kind === 'text') files.push({ path, text: content.text })
    else
      complaints.push(unread(path, content?.kind === 'refused' ? content.because : null, trusted))
  }
  const { catalog, rules } = knowledge
  const own = readOwnPacks(files, catalog.providers)
  const extended =
    own.providers.length === 0
      ? knowledge
      : { rules, ...providerKnowledge([...catalog.providers, ...own.providers], catalog.today) }
  return { knowledge: extended, complaints: [...complaints, ...own.complaints] }
}

function unread(
  path: string,
  because: string | null,
  { settings }: Pick<TrustedFiles, 'settings'>,
): Complaint {
  const lines = settings?.text.split('\n') ?? []
  const at = lines.findIndex((line) => line.includes(path))
  const why = because === null ? 'is not on the default branch' : `was not read: ${because}`
  return { file: SETTINGS_PATH, line: at === -1 ? null : at + 1, reason: `${path} ${why}` }
}

function knowledgeOf(catalog: Catalog): ProviderKnowledge {
  const facts = (id: string | null): ProviderFacts | null =>
    id === null ? null : factsOf(catalog, id)
  const ended = catalog.providers
    .map(({ id }) => factsOf(catalog, id))
    .filter(({ endings }) => endings.length > 0)
  return {
    withEndings: () => ended,
    byId: (id) => facts(catalog.get(id) === null ? null : id),
    byImport: (language, module) => facts(catalog.byImport(CATALOG_LANGUAGE[language], module)),
    byPackage: (name) => facts(catalog.byImport('js', name) ?? catalog.byImport('python', name)),
    byHost: (host) => facts(catalog.byHost(host)),
    byWord: (word) => facts(catalog.byName(word)),
    byHeader: (header) => facts(catalog.byHeader(header)),
  }
}

function factsOf(catalog: Catalog, id: string): ProviderFacts {
  const { webhooks, idempotency, versioning, sdkDefaults } = catalog.facts(id)
  const timeouts = Object.values(sdkDefaults ?? {}).flatMap((sdk) => sdk.timeoutMs?.value ?? [])
  return {
    id,
    name: catalog.get(id)?.names[0] ?? id,
    signsWebhooks: webhooks?.signed?.value ?? null,
    signatureHeader: webhooks?.header?.value.toLowerCase() ?? null,
    verifyHelpers: webhooks?.verifyHelpers?.value ?? [],
    toleranceSeconds: webhooks?.toleranceSeconds?.value ?? null,
    idempotencyHeader: idempotency?.header?.value.toLowerCase() ?? null,
    sdkDefaultTimeoutMs: timeouts.length === 0 ? null : Math.min(...timeouts),
    // What is only announced still works, at least until the month is over.
    endings: (versioning?.endings?.value ?? []).filter(
      ({ since }) => since < catalog.today.slice(0, since.length),
    ),
  }
}
