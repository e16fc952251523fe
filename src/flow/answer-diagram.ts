import { diagramAnswer } from '#core/render/diagram-answer'
import type { Answer } from '#flow/answering'
import { gather } from '#flow/gather'
import { integrationDelta } from '#flow/integration-delta'
import { select } from '#flow/select'

/** Draws what the files of the pull request do, computed anew from its head. */
export const answerDiagram: Answer = async (needs, { pull }) => {
  const gathered = await gather(pull.reader.changes(), needs)
  const scope = await select(gathered)
  const { contents, head } = gathered.snapshot
  const delta = await integrationDelta({ ...gathered.knowledge, scan: needs.scan, contents }, scope)
  return diagramAnswer(head, delta.head, delta.matrix)
}
