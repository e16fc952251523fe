import type { Agent } from '#core/agent/agent'
import { resolveModel } from '#core/agent/models'
import { configAnswer } from '#core/render/config-words'
import { codeSpan } from '#core/render/safe-markdown'
import { withheldBy } from '#core/settings/model-policy'
import { SETTINGS_PATH } from '#core/settings/settings'
import { effectiveSettings } from '#core/settings/settings-lines'
import type { Answer, Operator } from '#flow/answering'
import { readTrusted } from '#flow/gather'
import { withOwnPacks } from '#flow/knowledge'

/** The settings that hold for this repository, and where each comes from. */
export const answerConfig: Answer = async (
  { agent: ownAgent, operator, knowledge },
  { pull, job },
) => {
  const tip = await pull.reader.tip()
  const { trusted } = tip
  const { settings, agent, complaints } = readTrusted(trusted, ownAgent)
  const own = await withOwnPacks(knowledge, settings, tip)
  const fromRepository = agent !== ownAgent
  return configAnswer({
    settings: effectiveSettings(settings, complaints.length === 0 ? trusted.settings : null),
    complaints,
    unusedPacks: own.complaints,
    written: trusted.settings !== null,
    others: [
      {
        what: 'definition of the agent',
        value: codeSpan(agent.header.name),
        from: fromRepository ? codeSpan(agent.file) : 'this installation',
      },
      modelRow(operator, withheldBy(settings, operator.modelGranted(job.repository)), agent),
      ...ceiling('most US dollars per review', operator.maxUsdPerReview),
      ...ceiling('most US dollars per day', operator.maxUsdPerDay),
    ],
  })
}

function modelRow(
  { hasModel, model }: Operator,
  withheld: ReturnType<typeof withheldBy>,
  { header }: Agent,
) {
  if (!hasModel || withheld !== null) {
    const from = hasModel && withheld === 'settings' ? codeSpan(SETTINGS_PATH) : 'the operator'
    return { what: 'model', value: 'none: rules alone', from }
  }
  return {
    what: 'model',
    value: codeSpan(resolveModel(model ?? header.model)),
    from: model === null ? 'the definition of the agent' : 'the operator',
  }
}

function ceiling(what: string, usd: number | null) {
  return usd === null ? [] : [{ what, value: codeSpan(String(usd)), from: 'the operator' }]
}
