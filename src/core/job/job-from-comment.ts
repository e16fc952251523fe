import { COMMANDS } from '#core/command/command'
import { type ParsedCommand, parseCommand } from '#core/command/parse-command'
import { type EventDecision, ignored, isSelf, type RepositoryEvent } from '#core/job/event-decision'
import { askerOf } from '#core/job/event-fields'
import type { Asker, CommandPlace } from '#core/job/job'

interface Written {
  readonly place: CommandPlace
  readonly asker: Asker
  /** Number of the issue or pull request. */
  readonly number: number
  readonly onPull: boolean
  readonly open: boolean
}

/**
 * Decides what a new comment asks for. `surface` says where it was written: on the conversation
 * of an issue or pull request, or in a thread on a line of the diff.
 */
export function jobFromComment(
  surface: CommandPlace['surface'],
  event: RepositoryEvent,
): EventDecision {
  const { comment } = event.fields
  if (comment === null || comment.id === null || comment.body === null) {
    return ignored('the comment has no id or no text')
  }
  const viaSelf = comment.performed_via_github_app?.id === event.self.appId
  if (viaSelf || isSelf(comment.user, event.self)) {
    return ignored('the comment is the app’s own')
  }
  const subject = surface === 'thread' ? event.fields.pull_request : event.fields.issue
  if (subject === null || subject.number === null) {
    return ignored('the comment belongs to no issue or pull request')
  }
  if (isSelf(subject.user, event.self)) {
    return ignored('the pull request is the app’s own')
  }
  const command = parseCommand(comment.body)
  if (command.kind === 'none') {
    return ignored('the comment is no command')
  }
  const asker = askerOf(comment.user)
  if (asker === null) {
    return ignored('nobody is named who could give a command')
  }
  return decide(command, event, {
    place: { commentId: comment.id, surface },
    asker,
    number: subject.number,
    onPull: surface === 'thread' || event.fields.issue?.pull_request != null,
    open: subject.state !== 'closed',
  })
}

function decide(
  command: Exclude<ParsedCommand, { kind: 'none' }>,
  { origin }: RepositoryEvent,
  { place, asker, number, onPull, open }: Written,
): EventDecision {
  if (command.kind !== 'review') {
    // Two bots that answer each other's misunderstood commands would never stop.
    if (asker.bot) {
      return ignored('a bot is given no help')
    }
    const answer =
      command.kind === 'unknown'
        ? ({ name: 'unknown', word: command.word, suggestion: command.suggestion } as const)
        : ({ name: command.kind } as const)
    return {
      kind: 'job',
      job: {
        ...origin,
        kind: 'command',
        issue: number,
        onPull,
        ...place,
        ...asker,
        command: answer,
      },
    }
  }
  if (!(onPull || COMMANDS.review.onIssues)) {
    return ignored('the command works on pull requests only')
  }
  if (!open) {
    return ignored('the pull request is closed')
  }
  const trigger = { kind: 'command', ...place, ...asker, full: command.full } as const
  return { kind: 'job', job: { ...origin, kind: 'review', pull: number, head: '', trigger } }
}
