import { createPathMatcher } from '#core/settings/path-matcher'
import { readTrusted } from '#flow/gather'
import { withOwnPacks } from '#flow/knowledge'
import type { InventoryOf } from '#flow/take-inventory'
import { createLocalChanges } from '#local/local-changes'
import { type Loaded, loadKnowledge } from '#wiring/load-knowledge'

/** Which repository, and which commit of it; null for HEAD with what is not committed. */
export interface LookRequest {
  readonly directory: string
  readonly ref: string | null
}

/**
 * Looks at a local repository as a whole, with what this installation knows.
 *
 * @throws Problem with one line for a person
 */
export async function lookLocally<Seen>(
  { directory, ref }: LookRequest,
  progress: (step: string) => void,
  look: (loaded: Loaded, of: InventoryOf) => Promise<Seen>,
): Promise<Seen> {
  const base = ref ?? 'HEAD'
  const changes = createLocalChanges({ directory, base, head: ref, staged: false })
  try {
    const today = new Date().toISOString().slice(0, 10)
    const loaded = await loadKnowledge(today)
    progress('reading the repository')
    const snapshot = await changes.snapshot()
    const { contents, trusted } = snapshot
    const { settings } = readTrusted(trusted, loaded.agent)
    const excluded = createPathMatcher(settings.paths.exclude)
    const { knowledge } = await withOwnPacks(loaded.knowledge, settings, snapshot)
    return await look({ ...loaded, knowledge }, { contents, at: 'head', excluded })
  } finally {
    changes.close()
  }
}
