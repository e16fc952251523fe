import { matrixAnswer } from '#core/render/matrix-delta'
import type { Answer } from '#flow/answering'
import { gather } from '#flow/gather'
import { integrationDelta } from '#flow/integration-delta'
import { select } from '#flow/select'

/** What protects the code that the pull request touches, computed anew from its head. */
export const answerMatrix: Answer = async (needs, { pull }) => {
  const gathered = await gather(pull.reader.changes(), needs)
  const scope = await select(gathered)
  const { contents, head } = gathered.snapshot
  const { matrix } = await integrationDelta(
    { ...gathered.knowledge, scan: needs.scan, contents },
    scope,
  )
  return matrixAnswer(matrix, { head, diagrams: gathered.settings.review.diagrams })
}
