import { CommanderError } from 'commander'
import type { Services, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { createProgram } from '#cli/program'
import { Problem } from '#core/problem'
import { escapeLine } from '#core/text/hidden-characters'

/**
 * Runs one command line and returns its exit code. Whatever fails is one line on the error stream;
 * nothing is thrown.
 *
 * @param args the words after the program's name
 */
export async function runCommandLine(
  args: readonly string[],
  context: {
    readonly version: string
    readonly streams: Streams
    readonly services: Services
  },
): Promise<number> {
  const { streams } = context
  let code: number = EXIT.done
  const help: string[] = []
  const program = createProgram({
    ...context,
    exitWith: (of) => {
      code = of
    },
  })
  for (const command of [program, ...program.commands, ...program.commands.flatMap(subcommands)]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => help.push(text),
      writeErr: () => {},
      getOutHelpWidth: () => streams.width,
      getOutHasColors: () => false,
    })
  }
  try {
    // Without a command there is nothing to do but to say what there is.
    await program.parseAsync(args.length === 0 ? ['--help'] : [...args], { from: 'user' })
  } catch (error) {
    code = failure(error, streams)
  }
  if (help.length > 0) await streams.out(help.join(''))
  return code
}

function subcommands(command: ReturnType<typeof createProgram>): readonly (typeof command)[] {
  return command.commands
}

function failure(error: unknown, streams: Streams): number {
  streams.progress('')
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.done
    streams.err(`tech-lead: ${usageWords(error)}\n`)
    return EXIT.error
  }
  if (error instanceof Problem) {
    // Several complaints at once come as one line each.
    for (const line of error.message.split('\n')) streams.err(`tech-lead: ${escapeLine(line)}\n`)
    return EXIT.error
  }
  const message = error instanceof Error ? error.message : String(error)
  streams.err(`tech-lead: a bug in tech-lead: ${escapeLine(message)}\n`)
  return EXIT.error
}

/** Commander's own words, on one line. */
function usageWords(error: CommanderError): string {
  if (error.code === 'commander.help') return 'a command is missing; see tech-lead --help'
  return escapeLine(error.message.replace(/^error: /, '').replaceAll(/\s*\n\s*/g, ' '))
}
