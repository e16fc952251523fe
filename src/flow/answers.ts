import type { AnsweredCommand } from '#core/command/command'
import { commandHelp } from '#core/render/command-help'
import { answerMatrix } from '#flow/answer-matrix'
import type { Answer } from '#flow/answering'
import { answerPause, answerResume } from '#flow/pause-reviews'

/**
 * What each command of the table in `core/command` does. Every answer may be asked for again after
 * a crash, until its words were frozen.
 */
export const ANSWERS: Readonly<Record<AnsweredCommand, Answer>> = {
  matrix: answerMatrix,
  pause: answerPause,
  resume: answerResume,
  help: async (_, { job }) => commandHelp(job.onPull),
}
