import type { Inventory } from '#core/inventory/inventory'
import { createPathMatcher } from '#core/settings/path-matcher'
import { readTrusted } from '#flow/gather'
import { takeInventory } from '#flow/take-inventory'
import { createLocalChanges } from '#local/local-changes'
import { createScan } from '#scan/create-scan'
import { loadKnowledge } from '#wiring/load-knowledge'

/** Which repository, and which commit of it; null for HEAD with what is not committed. */
export interface InventoryRequest {
  readonly directory: string
  readonly ref: string | null
}

/**
 * The integrations of a local repository. Reads git objects only, as a review does.
 *
 * @throws Problem with one line for a person
 */
export async function inventoryLocally(
  { directory, ref }: InventoryRequest,
  progress: (step: string) => void,
): Promise<Inventory> {
  const base = ref ?? 'HEAD'
  const changes = createLocalChanges({ directory, base, head: ref, staged: false })
  try {
    const today = new Date().toISOString().slice(0, 10)
    const { agent, knowledge, matchers, tool } = await loadKnowledge(today)
    progress('reading the repository')
    const { contents, trusted } = await changes.snapshot()
    const { settings } = readTrusted(trusted, agent)
    progress('looking for integrations')
    const found = await takeInventory(
      { scan: createScan({ matchers }), catalog: knowledge.catalog },
      { contents, at: 'head', excluded: createPathMatcher(settings.paths.exclude) },
    )
    return { version: 1, tool, ...found }
  } finally {
    changes.close()
  }
}
