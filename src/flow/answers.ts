import type { AnsweredCommand } from '#core/command/command'
import { commandHelp } from '#core/render/command-help'
import { answerDesign, answerDiagnose } from '#flow/answer-advice'
import { answerAsk } from '#flow/answer-ask'
import { answerConfig } from '#flow/answer-config'
import { answerDiagram } from '#flow/answer-diagram'
import { answerDismiss } from '#flow/answer-dismiss'
import { answerExplain } from '#flow/answer-explain'
import { answerInventory } from '#flow/answer-inventory'
import { answerMatrix } from '#flow/answer-matrix'
import { answerForget, answerMemory, answerRemember } from '#flow/answer-memory'
import type { Answer } from '#flow/answering'
import { answerPause, answerResume } from '#flow/pause-reviews'

/**
 * What each command of the table in `core/command` does. Every answer may be asked for again after
 * a crash, until its words were frozen.
 */
export const ANSWERS: Readonly<Record<AnsweredCommand, Answer>> = {
  ask: answerAsk,
  design: answerDesign,
  diagnose: answerDiagnose,
  explain: answerExplain,
  inventory: answerInventory,
  matrix: answerMatrix,
  diagram: answerDiagram,
  dismiss: answerDismiss,
  remember: answerRemember,
  forget: answerForget,
  memory: answerMemory,
  pause: answerPause,
  resume: answerResume,
  config: answerConfig,
  help: async (_, { job }) => commandHelp(job.onPull),
}
