import { type CommandName, commandEntry } from '#core/command/command'
import { type ParsedCommand, parseCommand } from '#core/command/parse-command'
import { assertNever } from '#core/exhaustive'
import { type EventDecision, ignored, isSelf, type RepositoryEvent } from '#core/job/event-decision'
import { askerOf } from '#core/job/event-fields'
import type { Asker, CommandPlace, GivenCommand } from '#core/job/job'

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
  written: Written,
): EventDecision {
  const { place, asker, number, onPull } = written
  const misplaced = command.kind === 'command' ? misplacedOn(command.name, written) : null
  if (command.kind === 'command' && command.name === 'review' && misplaced === null) {
    const full = command.words.includes('full')
    const trigger = { kind: 'command', ...place, ...asker, full } as const
    return { kind: 'job', job: { ...origin, kind: 'review', pull: number, head: '', trigger } }
  }
  // Two bots that answer each other's words would never stop.
  if (asker.bot) return ignored('a bot is given no words')
  const given = misplaced ?? givenCommand(command)
  const subject = { issue: number, onPull, ...place, ...asker }
  return { kind: 'job', job: { ...origin, kind: 'command', ...subject, command: given } }
}

/** A command in a place where it does not work; null where it does. */
function misplacedOn(of: CommandName, { onPull, open }: Written): GivenCommand | null {
  const { onIssues, onClosed } = commandEntry(of)
  if (!(onPull || onIssues)) return { name: 'misplaced', of, on: 'issue' }
  return open || onClosed ? null : { name: 'misplaced', of, on: 'closed' }
}

function givenCommand(command: Exclude<ParsedCommand, { kind: 'none' }>): GivenCommand {
  switch (command.kind) {
    case 'unknown':
      return { name: 'unknown', word: command.word, suggestion: command.suggestion }
    case 'misused':
      return { name: 'misused', of: command.name }
    case 'command': {
      const { name, words, id, text } = command
      // A review that is misplaced was dealt with before.
      return name === 'review'
        ? { name: 'misused', of: name }
        : { name, words: [...words], id, text }
    }
    default:
      return assertNever(command)
  }
}
