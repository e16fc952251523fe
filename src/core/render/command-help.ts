import {
  COMMAND_NAMES,
  COMMAND_PREFIX,
  type CommandName,
  commandEntry,
  commandUsage,
} from '#core/command/command'
import { codeSpan } from '#core/render/safe-markdown'

/** The answer to `/tech-lead help`: every command that works in this place, in a line. */
export function commandHelp(onPull: boolean): string {
  const names = COMMAND_NAMES.filter((name) => onPull || commandEntry(name).onIssues)
  const lines = names.map((name) => `- \`${commandUsage(name)}\`: ${commandEntry(name).help}`)
  const where = onPull ? 'a comment' : 'a comment on an issue'
  return `A line that starts with \`${COMMAND_PREFIX}\` in ${where} is a command:\n\n${lines.join('\n')}`
}

/** The answer to a command that does not exist, in one line. */
export function unknownCommand(word: string, suggestion: string | null): string {
  const instead = suggestion ?? commandUsage('help')
  return `There is no command ${codeSpan(word.slice(0, 60))}. Did you mean \`${instead}\`?`
}

/** The answer to a command that was written otherwise than it is, in one line. */
export function misusedCommand(name: CommandName): string {
  return `This is written \`${commandUsage(name)}\`. ${commandEntry(name).help}`
}

/** The answer to a command in a place where it does not work, in one line. */
export function misplacedCommand(name: CommandName, on: 'issue' | 'closed'): string {
  const written = `\`${COMMAND_PREFIX} ${name}\``
  return on === 'issue'
    ? `${written} works on pull requests. \`${commandUsage('help')}\` lists what works here.`
    : `${written} works on open pull requests, and this one is closed.`
}

/** What is said when there were more commands than can be carried out, once in an hour. */
export function tooManyCommands(): string {
  return 'That is more than can be done at once here. What was asked for first goes on; ask again in a few minutes.'
}
