import { COMMAND_PREFIX, COMMANDS, type CommandName, commandUsage } from '#core/command/command'
import { codeSpan } from '#core/render/safe-markdown'

/** The answer to `/tech-lead help`: every command in a line. */
export function commandHelp(): string {
  const names = Object.keys(COMMANDS) as CommandName[]
  const lines = names.map((name) => `- \`${commandUsage(name)}\`: ${COMMANDS[name].help}`)
  return `A line that starts with \`${COMMAND_PREFIX}\` in a comment is a command:\n\n${lines.join('\n')}`
}

/** The answer to a command that does not exist, in one line. */
export function unknownCommand(word: string, suggestion: string | null): string {
  const instead = suggestion ?? commandUsage('help')
  return `There is no command ${codeSpan(word.slice(0, 60))}. Did you mean \`${instead}\`?`
}
