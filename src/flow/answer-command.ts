import { mayCommand } from '#core/command/command'
import type { Job } from '#core/job/job'
import { commandHelp, unknownCommand } from '#core/render/command-help'
import { type MarkerKeys, marker, readMarkers } from '#core/render/marker'
import type { PullRequest } from '#flow/pull-request-port'

export type CommandJob = Extract<Job, { kind: 'command' }>

/**
 * Answers a command that asks for words, once: the answer is marked with the comment it is for.
 * Somebody without permission gets a reaction and no words.
 */
export async function answerCommand(
  pull: PullRequest,
  job: CommandJob,
  markerKeys: MarkerKeys,
): Promise<string> {
  if (!job.onPull) return 'commands are answered on pull requests'
  const permission = await pull.reader.permission(job.login)
  if (!mayCommand('help', job, { permission, trustedBots: [] })) {
    await pull.status.react(job, 'confused')
    return `${job.login} may not give commands here`
  }
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const value = `${job.surface}-${job.commentId}`
  const answered = (await pull.reader.ownComments()).some((post) =>
    readMarkers(post.body, 'answer', scope, markerKeys).includes(value),
  )
  if (answered) return 'answered before'
  const { command } = job
  const words =
    command.name === 'help' ? commandHelp() : unknownCommand(command.word, command.suggestion)
  const writer = await pull.writer()
  await writer.createComment(`${words}\n\n${marker('answer', value, scope, markerKeys)}`)
  await pull.status.react(job, 'rocket')
  return 'answered'
}
