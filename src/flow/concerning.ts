import { buildIntegrations } from '#core/inventory/build-inventory'
import type { Integration } from '#core/inventory/inventory'
import { buildMatrix, type Rows } from '#core/matrix/build-matrix'
import type { Catalog } from '#core/providers/catalog'
import type { Provider } from '#core/providers/provider'
import { createPathMatcher } from '#core/settings/path-matcher'
import type { AnswerNeeds, Asked } from '#flow/answering'
import { gather, readTrusted, type Trusted } from '#flow/gather'
import { withOwnPacks } from '#flow/knowledge'
import type { Contents } from '#flow/ports'
import { readIntegrationCode } from '#flow/take-inventory'

/** What stands in the repository and in the facts about something that a person wrote. */
export interface Concerned extends Rows {
  /** The commit that was looked at. */
  readonly commit: string
  readonly contents: Contents
  readonly trusted: Trusted
  /** Providers that the words name. */
  readonly providers: readonly Provider[]
  /** Integrations that the words name; where they name none, all. */
  readonly integrations: readonly Integration[]
  /** Whether the words name any integration of the repository. */
  readonly named: boolean
}

/** Files that one question may read: those that are called like an integration come first. */
const MAX_FILES = 1_500

/**
 * Looks at the head of the pull request, or at the default branch from an issue, for what some words
 * are about. Nothing is asked of a model.
 */
export async function concerning(
  needs: AnswerNeeds,
  asked: Asked,
  words: string,
): Promise<Concerned> {
  const { commit, contents, trusted, knowledge } = await placeOf(needs, asked)
  const { catalog, providers } = knowledge
  const read = await readIntegrationCode(
    { scan: needs.scan, catalog },
    {
      ...{ contents, at: 'head', most: MAX_FILES },
      excluded: createPathMatcher(trusted.settings.paths.exclude),
    },
    'matrix',
  )
  const { code, manifests, samples } = read
  const all = buildIntegrations({ code, manifests, samples, catalog })
  const { calls, handlers } = buildMatrix({ code, catalog, providers })
  const meant = providersIn(words, catalog)
  const ids = new Set(meant.map(({ id }) => id))
  const mentioned = mentionsIn(words)
  const integrations = all.filter((one) => ids.has(one.id) || mentioned(one))
  const own = new Set(integrations.map(({ id }) => id))
  const byPath = (row: { readonly path: string; readonly integration: string }) =>
    own.has(row.integration) || namesPath(words, row.path)
  return {
    ...{ commit, contents, trusted, providers: meant },
    integrations: integrations.length > 0 ? integrations : all,
    named: integrations.length > 0,
    calls: calls.filter(byPath),
    handlers: handlers.filter(byPath),
  }
}

async function placeOf(needs: AnswerNeeds, { job, pull }: Asked) {
  if (job.onPull) {
    const gathered = await gather(pull.reader.changes(), needs)
    const { head, contents } = gathered.snapshot
    return { commit: head, contents, trusted: gathered, knowledge: gathered.knowledge }
  }
  const tip = await pull.reader.tip()
  const trusted = readTrusted(tip.trusted, needs.agent)
  const { knowledge } = await withOwnPacks(needs.knowledge, trusted.settings, tip)
  return { commit: tip.trusted.commit ?? '', contents: tip.contents, trusted, knowledge }
}

/** Providers whose name stands in a text, of one word, two or three. */
function providersIn(text: string, catalog: Catalog): readonly Provider[] {
  const words = text.split(/[^\p{L}\p{N}.-]+/u).filter((word) => word !== '')
  const ids = new Set<string>()
  for (const at of words.keys()) {
    for (const length of [1, 2, 3]) {
      const id = catalog.byName(
        words
          .slice(at, at + length)
          .join(' ')
          .replace(/[.-]+$/, ''),
      )
      if (id !== null) ids.add(id)
    }
  }
  return [...ids].flatMap((id) => catalog.get(id) ?? [])
}

function mentionsIn(text: string): (one: Integration) => boolean {
  const lower = text.toLowerCase()
  return (one) =>
    lower.includes(one.name.toLowerCase()) ||
    one.hosts.some(({ host }) => lower.includes(host.toLowerCase())) ||
    one.sites.some(({ path }) => namesPath(lower, path))
}

/** Whether a text names a file by its path or by its name. */
function namesPath(text: string, path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return text.includes(path) || (name.length > 5 && text.includes(name))
}
