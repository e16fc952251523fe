import { COMMAND_PREFIX, COMMANDS, findCommand } from '#core/command/command'
import { findPlainLine } from '#core/command/plain-lines'

/** What a comment asks of the app. */
export type ParsedCommand =
  | { readonly kind: 'none' }
  | { readonly kind: 'review'; readonly full: boolean }
  | { readonly kind: 'help' }
  | { readonly kind: 'matrix' }
  /** `word` is what the person wrote, cut; `suggestion` is a whole line that would work. */
  | { readonly kind: 'unknown'; readonly word: string; readonly suggestion: string | null }

/** Longer lines are no command of ours: none takes that much. In characters. */
const MAX_LINE = 200

/** How much of an unknown word is quoted back, in characters. */
const MAX_WORD = 40

// At most three spaces: four make a code block.
const commandLine = /^ {0,3}\/tech-lead(?=[ \t]|$)(.*)$/i

/**
 * Reads the first command of a new comment: a line of an ordinary paragraph that starts with
 * `/tech-lead`. The name alone asks for help.
 */
export function parseCommand(body: string): ParsedCommand {
  const match = findPlainLine(body, commandLine)
  return match === null ? { kind: 'none' } : readLine(match[1] ?? '')
}

function readLine(rest: string): ParsedCommand {
  if (rest.length > MAX_LINE) {
    return unknown(rest.trim(), null)
  }
  const [name = 'help', ...words] = rest
    .toLowerCase()
    .split(/[ \t]+/)
    .filter((word) => word !== '')
  const entry = findCommand(name)
  if (entry === null) {
    return unknown(name, closestName(name))
  }
  if (words.some((word, index) => !entry.words.includes(word) || words.indexOf(word) !== index)) {
    return unknown([name, ...words].join(' '), name)
  }
  if (name === 'review') return { kind: 'review', full: words.includes('full') }
  return name === 'matrix' ? { kind: 'matrix' } : { kind: 'help' }
}

function unknown(word: string, name: string | null): ParsedCommand {
  // What is quoted back carries nothing that could break out of a line or hide in it.
  const quoted = word.replaceAll(/[\p{C}\p{Z}]+/gu, ' ').slice(0, MAX_WORD)
  const suggestion = name === null ? null : `${COMMAND_PREFIX} ${name}`
  return { kind: 'unknown', word: quoted, suggestion }
}

/** The command that a slip of the finger meant: at most two letters away. */
function closestName(word: string): string | null {
  const names = Object.keys(COMMANDS)
  const near = names
    .map((name) => ({ name, distance: editDistance(word.slice(0, MAX_WORD), name) }))
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
