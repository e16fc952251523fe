import { type CommandName, mayCommand } from '#core/command/command'
import { jobKey } from '#core/job/job'
import { misplacedCommand, misusedCommand, unknownCommand } from '#core/render/command-help'
import { answerReply } from '#flow/answer-reply'
import type { AnswerNeeds, Asked, CommandJob } from '#flow/answering'
import { ANSWERS } from '#flow/answers'
import { overCommandLimit } from '#flow/limit-commands'
import type { PullRequest } from '#flow/pull-request-port'
import { sayOnce } from '#flow/say-once'

/**
 * Answers a command that asks for words, once. Somebody without permission gets a reaction and no
 * words.
 */
export async function answerCommand(
  needs: AnswerNeeds,
  pull: PullRequest,
  job: CommandJob,
  since: number,
): Promise<string> {
  if (job.command.name === 'reply')
    return answerReply(needs, { job, pull, text: job.command.text, since })
  const permission = await pull.reader.permission(job.login)
  if (!mayCommand(nameOf(job), job, { permission, trustedBots: [] })) {
    await pull.status.react(job, 'confused')
    return `${job.login} may not give commands here`
  }
  const record = needs.answers.of(jobKey(job))
  const begun = (await record.words()) !== null || (await record.effect('post-answer')) !== null
  const refusal = begun ? null : await overCommandLimit(needs, job)
  if (refusal === null) await pull.status.react(job, 'eyes')
  const scope = { repositoryId: job.repository.id, pull: job.issue }
  const words = async () => refusal ?? answerTo(needs, { job, pull, since, signal: record.signal })
  if (refusal !== '') await sayOnce(needs, pull, { ...job, record, scope }, words)
  await pull.status.react(job, refusal === null && understood(job) ? 'rocket' : 'confused')
  return refusal === null ? 'answered' : 'too many commands'
}

/** Whether a command was given that could be carried out. */
function understood({ command }: CommandJob): boolean {
  return Object.hasOwn(ANSWERS, command.name)
}

/** What is no command asks for help. */
function nameOf({ command }: CommandJob): CommandName {
  switch (command.name) {
    case 'unknown':
    case 'reply':
      return 'help'
    case 'misused':
    case 'misplaced':
      return command.of
    default:
      return command.name
  }
}

async function answerTo(needs: AnswerNeeds, asked: Omit<Asked, 'command'>): Promise<string> {
  const { command } = asked.job
  switch (command.name) {
    case 'reply':
      return ''
    case 'unknown':
      return unknownCommand(command.word, command.suggestion)
    case 'misused':
      return misusedCommand(command.of)
    case 'misplaced':
      return misplacedCommand(command.of, command.on)
    default:
      return ANSWERS[command.name](needs, { ...asked, command })
  }
}
