import type { Matrix } from '#core/matrix/matrix'
import { takeMatrix } from '#flow/take-matrix'
import { createScan } from '#scan/create-scan'
import { type LookRequest, lookLocally } from '#wiring/look-locally'

/**
 * What protects the calls and handlers of a local repository. Reads git objects only, as a review
 * does.
 *
 * @throws Problem with one line for a person
 */
export async function matrixLocally(
  request: LookRequest,
  progress: (step: string) => void,
): Promise<Matrix> {
  return lookLocally(request, progress, async ({ knowledge, matchers, tool }, of) => {
    progress('looking for what protects each call')
    const { calls, handlers, unread } = await takeMatrix(
      { ...knowledge, scan: createScan({ matchers }) },
      of,
    )
    return { version: 1, tool, calls: [...calls], handlers: [...handlers], unread }
  })
}
