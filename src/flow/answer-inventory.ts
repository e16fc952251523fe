import { inventoryAnswer } from '#core/render/inventory-answer'
import { createPathMatcher } from '#core/settings/path-matcher'
import type { Answer } from '#flow/answering'
import { gather, readTrusted } from '#flow/gather'
import { integrationDelta } from '#flow/integration-delta'
import { withOwnPacks } from '#flow/knowledge'
import { select } from '#flow/select'
import { takeInventory } from '#flow/take-inventory'

/** Files that one question may read: those that are called like an integration come first. */
const MAX_FILES = 1_500

/** The integrations of the default branch, and on a pull request what it changes of them. */
export const answerInventory: Answer = async (needs, { job, pull }) => {
  const { trusted, contents } = await pull.reader.tip()
  const { settings } = readTrusted(trusted, needs.agent)
  const { knowledge } = await withOwnPacks(needs.knowledge, settings, { trusted, contents })
  const found = await takeInventory(
    { scan: needs.scan, catalog: knowledge.catalog },
    { contents, at: 'tip', most: MAX_FILES, excluded: createPathMatcher(settings.paths.exclude) },
  )
  return inventoryAnswer({
    ...found,
    commit: trusted.commit ?? '',
    delta: job.onPull ? await deltaOf(needs, pull) : null,
    diagrams: settings.review.diagrams,
  })
}

async function deltaOf(needs: Parameters<Answer>[0], pull: Parameters<Answer>[1]['pull']) {
  const gathered = await gather(pull.reader.changes(), needs)
  const scope = await select(gathered)
  const { contents } = gathered.snapshot
  return (await integrationDelta({ ...gathered.knowledge, scan: needs.scan, contents }, scope))
    .inventory
}
