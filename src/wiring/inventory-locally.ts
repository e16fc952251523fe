import type { Inventory } from '#core/inventory/inventory'
import { takeInventory } from '#flow/take-inventory'
import { createScan } from '#scan/create-scan'
import { type LookRequest, lookLocally } from '#wiring/look-locally'

/**
 * The integrations of a local repository. Reads git objects only, as a review does.
 *
 * @throws Problem with one line for a person
 */
export async function inventoryLocally(
  request: LookRequest,
  progress: (step: string) => void,
): Promise<Inventory> {
  return lookLocally(request, progress, async ({ knowledge, matchers, tool }, of) => {
    progress('looking for integrations')
    const found = await takeInventory(
      { scan: createScan({ matchers }), catalog: knowledge.catalog },
      of,
    )
    return { version: 1, tool, ...found }
  })
}
