import type { Fact } from '#core/facts/fact'
import { pathFacts } from '#core/filter/file-kind'
import { createNoise } from '#core/filter/noise'
import { inventoryLearnings } from '#core/memory/inventory-learnings'
import type { Learning } from '#core/memory/memory'
import type { Catalog } from '#core/providers/catalog'
import type { Gathered } from '#flow/gather'
import type { Scan } from '#flow/ports'
import type { Scope } from '#flow/select'

/** Files that a first look reads: two questions to GitHub. */
const FIRST_LOOK_FILES = 200

/**
 * What the code that already stands on the default branch says about its integrations, learned
 * without a model: services, credentials, endpoints, settings. A repository without any memory
 * gets a first look at its code; later only the files that a change touches are looked at.
 */
export async function learnInventory(
  needs: { readonly scan: Scan; readonly catalog: Catalog },
  { snapshot, memory }: Gathered,
  scope: Scope,
): Promise<readonly Learning[]> {
  const { contents } = snapshot
  const touched = scope.files.map((file) => file.previousPath ?? file.path)
  const around = memory.files.length === 0 ? await codePaths(contents.list('tip')) : []
  const paths = [...new Set([...touched, ...around])].slice(0, FIRST_LOOK_FILES)
  const texts = await contents.read(paths, 'tip')
  const sources = [...texts].flatMap(([path, content]) =>
    content.kind === 'text' ? [{ path, text: content.text }] : [],
  )
  const { facts } = await needs.scan.facts(sources)
  return inventoryLearnings(facts, providersOf(needs.catalog))
}

/** The same of the reviewed files as the change leaves them: what is new waits for the merge. */
export function learnFromHead(
  knowledge: { readonly catalog: Catalog },
  facts: readonly Fact[],
): readonly Learning[] {
  return inventoryLearnings(facts, providersOf(knowledge.catalog))
}

async function codePaths(
  listing: Promise<{ readonly paths: readonly string[] }>,
): Promise<readonly string[]> {
  const { paths } = await listing
  const noise = createNoise('')
  return paths.filter((path) => {
    const { kind, test, stand } = pathFacts(path)
    return kind === 'source' && !test && !stand && noise(path) === null
  })
}

function providersOf(catalog: Catalog): Parameters<typeof inventoryLearnings>[1] {
  return catalog.providers.map((provider) => ({
    id: provider.id,
    name: provider.names[0] ?? provider.id,
    packages: Object.values(provider.packages).flat().map(withoutWildcard),
    hosts: provider.hosts.map(withoutWildcard),
    env: provider.env,
  }))
}

/** `@sendgrid/*` and `*.example.com` without their open end. */
function withoutWildcard(name: string): string {
  return name.replace(/[/.:]?\*$/, '').replace(/^\*\.?/, '')
}
