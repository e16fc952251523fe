import { type CommandName, commandEntry } from '#core/command/command'
import { type ParsedCommand, parseCommand } from '#core/command/parse-command'
import { assertNever } from '#core/exhaustive'
import { type EventDecision, ignored, isSelf, type RepositoryEvent } from '#core/job/event-decision'
import { askerOf } from '#core/job/event-fields'
import type { Asker, CommandPlace, GivenCommand } from '#core/job/job'
import { clip } from '#core/text/lines'

interface Written {
  readonly place: CommandPlace
  /** The comment that begins the thread; null outside of threads. */
  readonly root: number | null
  readonly asker: Asker
  /** Number of the issue or pull request. */
  readonly number: number
  readonly onPull: boolean
  readonly open: boolean
  /** Digest of title and description at that moment; null where the event has none. */
  readonly announced: string | null
  /** A moment as GitHub writes it; null where the event has none. */
  readonly at: string | null
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
  if (isOwn(event)) return ignored('the comment is the app’s own')
  const subject = surface === 'thread' ? event.fields.pull_request : event.fields.issue
  if (subject === null || subject.number === null) {
    return ignored('the comment belongs to no issue or pull request')
  }
  if (isSelf(subject.user, event.self)) {
    return ignored('the pull request is the app’s own')
  }
  const command = parseCommand(comment.body)
  const isReply = surface === 'thread' && comment.in_reply_to_id !== null
  if (command.kind === 'none' && !isReply) {
    return ignored('the comment is no command')
  }
  const asker = askerOf(comment.user)
  if (asker === null) {
    return ignored('nobody is named who could give a command')
  }
  const written: Written = {
    place: { commentId: comment.id, surface },
    ...placeIn(surface, event, comment.id),
    asker,
    number: subject.number,
    open: subject.state !== 'closed',
    announced: subject.announced,
    at: comment.created_at,
  }
  return command.kind === 'none'
    ? replyOf(comment.body, event, written)
    : decide(command, event, written)
}

function isOwn({ fields, self }: RepositoryEvent): boolean {
  const viaSelf = fields.comment?.performed_via_github_app?.id === self.appId
  return viaSelf || isSelf(fields.comment?.user ?? null, self)
}

function placeIn(
  surface: CommandPlace['surface'],
  { fields }: RepositoryEvent,
  commentId: number,
): Pick<Written, 'root' | 'onPull'> {
  if (surface === 'thread')
    return { root: fields.comment?.in_reply_to_id ?? commentId, onPull: true }
  return { root: null, onPull: fields.issue?.pull_request != null }
}

/** Longer replies are cut: an objection that needs more is a talk between people. In characters. */
const MAX_REPLY = 4_000

/** Whose thread it is, and whether the person has a say in it, is found out by the job. */
function replyOf(body: string, event: RepositoryEvent, written: Written): EventDecision {
  const text = clip(
    body
      .replaceAll(/[^\P{Cc}\n\t]/gu, '')
      .toWellFormed()
      .trim(),
    MAX_REPLY,
  )
  if (written.asker.bot) return ignored('a bot is given no words')
  if (!written.open || text === '') return ignored('there is nothing to answer')
  return answering(event, written, { name: 'reply', text })
}

function answering(
  { origin }: RepositoryEvent,
  { place, root, asker, number, onPull }: Written,
  command: GivenCommand,
): EventDecision {
  const subject = { issue: number, onPull, ...place, root, ...asker }
  return { kind: 'job', job: { ...origin, kind: 'command', ...subject, command } }
}

function decide(
  command: Exclude<ParsedCommand, { kind: 'none' }>,
  event: RepositoryEvent,
  written: Written,
): EventDecision {
  const { place, asker, number, announced, at } = written
  const misplaced = command.kind === 'command' ? misplacedOn(command.name, written) : null
  if (command.kind === 'command' && command.name === 'review' && misplaced === null) {
    const full = command.words.includes('full')
    const words = announced === null ? {} : { announced }
    const moment = at === null ? {} : { at }
    const trigger = { kind: 'command', ...place, ...asker, full, ...words, ...moment } as const
    return {
      kind: 'job',
      job: { ...event.origin, kind: 'review', pull: number, head: '', trigger },
    }
  }
  // Two bots that answer each other's words would never stop.
  if (asker.bot) return ignored('a bot is given no words')
  return answering(event, written, misplaced ?? givenCommand(command))
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
