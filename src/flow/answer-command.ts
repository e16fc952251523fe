import type { Agent } from '#core/agent/agent'
import { type CommandName, mayCommand } from '#core/command/command'
import { assertNever } from '#core/exhaustive'
import type { Job } from '#core/job/job'
import { commandHelp, unknownCommand } from '#core/render/command-help'
import { type MarkerKeys, marker, readMarkers } from '#core/render/marker'
import { matrixAnswer } from '#core/render/matrix-delta'
import { redact } from '#core/text/redact'
import type { Knowledge } from '#flow/examine'
import { gather } from '#flow/gather'
import { integrationDelta } from '#flow/integration-delta'
import type { Scan } from '#flow/ports'
import type { PullRequest } from '#flow/pull-request-port'
import { select } from '#flow/select'

export type CommandJob = Extract<Job, { kind: 'command' }>

/** What answering takes besides the pull request. */
export interface AnswerNeeds {
  readonly markerKeys: MarkerKeys
  readonly scan: Scan
  readonly knowledge: Knowledge
  /** The values of this process's own secrets: nothing is posted that holds one. */
  readonly secrets: readonly string[]
  /** The agent that this installation ships. */
  readonly agent: Agent
}

/**
 * Answers a command that asks for words, once: the answer is marked with the comment it is for.
 * Somebody without permission gets a reaction and no words.
 */
export async function answerCommand(
  needs: AnswerNeeds,
  pull: PullRequest,
  job: CommandJob,
): Promise<string> {
  if (!job.onPull) return 'commands are answered on pull requests'
  const permission = await pull.reader.permission(job.login)
  if (!mayCommand(nameOf(job), job, { permission, trustedBots: [] })) {
    await pull.status.react(job, 'confused')
    return `${job.login} may not give commands here`
  }
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const value = `${job.surface}-${job.commentId}`
  const answered = (await pull.reader.ownComments()).some((post) =>
    readMarkers(post.body, 'answer', scope, needs.markerKeys).includes(value),
  )
  if (answered) return 'answered before'
  const { text: words } = redact(await answerTo(needs, pull, job), needs.secrets)
  const writer = await pull.writer()
  await writer.createComment(`${words}\n\n${marker('answer', value, scope, needs.markerKeys)}`)
  await pull.status.react(job, 'rocket')
  return 'answered'
}

/** What is no command asks for help. */
function nameOf({ command }: CommandJob): CommandName {
  return command.name === 'unknown' ? 'help' : command.name
}

async function answerTo(
  needs: AnswerNeeds,
  pull: PullRequest,
  { command }: CommandJob,
): Promise<string> {
  switch (command.name) {
    case 'help':
      return commandHelp()
    case 'unknown':
      return unknownCommand(command.word, command.suggestion)
    case 'matrix':
      return matrixOf(needs, pull)
    default:
      return assertNever(command)
  }
}

/** What protects the code that the pull request touches, computed anew from its head. */
async function matrixOf(
  { scan, knowledge, agent }: AnswerNeeds,
  pull: PullRequest,
): Promise<string> {
  const gathered = await gather(pull.reader.changes(), agent)
  const scope = await select(gathered, knowledge.catalog)
  const { contents, head } = gathered.snapshot
  const { matrix } = await integrationDelta({ ...knowledge, scan, contents }, scope)
  return matrixAnswer(matrix, { head, diagrams: gathered.settings.review.diagrams })
}
