import { inventoryLearnings } from '#core/memory/inventory-learnings'
import type { Learning } from '#core/memory/memory'
import type { Gathered } from '#flow/gather'
import type { Scan } from '#flow/ports'
import type { Scope } from '#flow/select'
import { takeInventory } from '#flow/take-inventory'

/** Files that a first look reads: two questions to GitHub. */
const FIRST_LOOK_FILES = 200

/**
 * What the code that already stands on the default branch says about its integrations, learned
 * without a model: services, credentials, endpoints, settings. A repository without any memory
 * gets a first look at its code; later only the files that a change touches are looked at.
 */
export async function learnInventory(
  { scan }: { readonly scan: Pick<Scan, 'facts'> },
  { snapshot, memory, knowledge }: Gathered,
  scope: Scope,
): Promise<readonly Learning[]> {
  const touched = scope.files.map((file) => file.previousPath ?? file.path)
  const { integrations } = await takeInventory(
    { scan, catalog: knowledge.catalog },
    {
      contents: snapshot.contents,
      at: 'tip',
      first: touched,
      rest: memory.files.length === 0,
      most: FIRST_LOOK_FILES,
    },
  )
  return inventoryLearnings(integrations)
}
