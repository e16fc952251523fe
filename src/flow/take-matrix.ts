import { buildMatrix, type Rows } from '#core/matrix/build-matrix'
import type { Matrix } from '#core/matrix/matrix'
import type { ProviderKnowledge } from '#core/rules/provider-knowledge'
import { type InventoryNeeds, type InventoryOf, readIntegrationCode } from '#flow/take-inventory'

/** What a matrix is made with. */
export interface MatrixNeeds extends InventoryNeeds {
  readonly providers: ProviderKnowledge
}

/** What protects the calls and handlers of a repository at one commit. */
export async function takeMatrix(
  needs: MatrixNeeds,
  of: InventoryOf,
): Promise<Rows & Pick<Matrix, 'unread'>> {
  const { code, declared, unread } = await readIntegrationCode(needs, of, 'matrix')
  const { catalog, providers } = needs
  return {
    ...buildMatrix({ code, catalog, providers, ...(declared === null ? {} : { declared }) }),
    unread,
  }
}
