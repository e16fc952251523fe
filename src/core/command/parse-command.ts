import {
  COMMAND_NAMES,
  COMMAND_PREFIX,
  type CommandName,
  commandEntry,
  isCommandName,
} from '#core/command/command'
import { findPlainLine } from '#core/command/plain-lines'
import { clip } from '#core/text/lines'

/** What a comment asks of the app. */
export type ParsedCommand =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'command'
      readonly name: CommandName
      /** The optional words that were written, each once. */
      readonly words: readonly string[]
      /** The id of a finding or fact, or its first letters; null where the command takes none. */
      readonly id: string | null
      /** Free text of whoever wrote the comment; null where the command takes none. */
      readonly text: string | null
    }
  /** The command exists and is written otherwise. */
  | { readonly kind: 'misused'; readonly name: CommandName }
  /** `word` is what the person wrote, cut; `suggestion` is a whole line that would work. */
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion: string | null }

/** Longer lines without free text are no command of ours: none takes that much. In characters. */
const MAX_LINE = 200

/** Free text beyond this is cut, and ends in an ellipsis. In characters. */
const MAX_TEXT = 2_000

/** How much of an unknown word is quoted back, in characters. */
const MAX_WORD = 40

// At most three spaces: four make a code block.
const commandLine = /^ {0,3}\/tech-lead(?=[ \t]|$)(.*)$/i

/**
 * Reads the first command of a new comment: a line of an ordinary paragraph that starts with
 * `/tech-lead`. The name alone asks for help.
 */
export function parseCommand(body: string): ParsedCommand {
  const found = findPlainLine(body, commandLine)
  if (found === null) return { kind: 'none' }
  const line = (found.match[1] ?? '').trim()
  const [first = 'help'] = line.split(/[ \t]+/, 1)
  const name = first.toLowerCase() || 'help'
  if (!isCommandName(name)) return unknown(name, line)
  const rest = line.slice(first.length).trim()
  return commandEntry(name).takes.length === 0
    ? withWords(name, rest)
    : withArguments(name, rest, found.after)
}

function withWords(name: CommandName, rest: string): ParsedCommand {
  const words = rest
    .slice(0, MAX_LINE)
    .toLowerCase()
    .split(/[ \t]+/)
    .filter((word) => word !== '')
  const known = commandEntry(name).words
  const fits = words.every((word, at) => known.includes(word) && words.indexOf(word) === at)
  return fits && rest.length <= MAX_LINE
    ? { kind: 'command', name, words, id: null, text: null }
    : { kind: 'misused', name }
}

const IDS = {
  // With or without `tl-` and the `#2` of an equal one; six characters can be told apart.
  finding: /^(?=.{6})(?:tl-)?[0-9a-f]{3,12}(?:#\d{1,3})?$/,
  entry: /^(?=.{6})(?:m-)?[0-9a-f]{4,8}$/,
}

function withArguments(name: CommandName, line: string, after: string): ParsedCommand {
  const { takes } = commandEntry(name)
  const kinds = takes.map(({ kind }) => kind)
  const idKind = kinds.find((kind) => kind === 'finding' || kind === 'entry')
  const [word = ''] = line.split(/[ \t]+/, 1)
  const id = idKind === undefined ? null : idIn(word, idKind)
  const rest = idKind === undefined ? line : line.slice(word.length).trim()
  const hasText = kinds.length > (idKind === undefined ? 0 : 1)
  const text = hasText ? textIn(kinds.includes('rest') ? `${rest}${after}` : rest) : null
  const whole = (id !== null) === (idKind !== undefined) && (hasText ? text !== '' : rest === '')
  return whole ? { kind: 'command', name, words: [], id, text } : { kind: 'misused', name }
}

/** People copy ids with the marks of code around them. */
function idIn(word: string, kind: keyof typeof IDS): string | null {
  const id = word.toLowerCase().replaceAll(/^[`<]+|[`>,.;:]+$/g, '')
  return IDS[kind].test(id) ? id : null
}

/** Without control characters, which no store keeps and no reader sees. */
function textIn(written: string): string {
  const plain = written
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]/gu, '')
    .toWellFormed()
  return clip(plain.trim(), MAX_TEXT)
}

function unknown(name: string, line: string): ParsedCommand {
  // What is quoted back carries nothing that could break out of a line or hide in it.
  const word = (line.length > MAX_LINE ? line : name).replaceAll(/[\p{C}\p{Z}]+/gu, ' ')
  const near = closestName(name)
  const suggestion = near === null ? null : `${COMMAND_PREFIX} ${near}`
  return { kind: 'unknown', word: word.slice(0, MAX_WORD), suggestion }
}

/** The command that a slip of the finger meant: at most two letters away. */
function closestName(word: string): CommandName | null {
  const near = COMMAND_NAMES.map((name) => ({
    name,
    distance: editDistance(word.slice(0, MAX_WORD), name),
  }))
    .filter(({ distance }) => distance <= 2)
    .toSorted((a, b) => a.distance - b.distance)
  return near[0]?.name ?? null
}

/** Levenshtein distance, by single letters. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1]
    for (const [column, other] of [...b].entries()) {
      const replaced = (previous[column] ?? 0) + (letter === other ? 0 : 1)
      current.push(Math.min(replaced, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
