import { type Command, Option } from 'commander'
import { EVAL_FORMATS, MEMORY_FORMATS } from '#cli/choices'
import type { LocalMemoryDesk, Streams } from '#cli/command-line'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

interface Options {
  readonly repo: string
  readonly agent?: string
  readonly output?: string
}

/** `tech-lead memory`: the memory folder of a checkout. */
export function addMemory(
  program: Command,
  { streams, exitWith }: Context,
  load: () => Promise<LocalMemoryDesk>,
): void {
  const memory = program
    .command('memory')
    .description('the memory folder of a checkout: show, check, forget, export')
  const sub = (name: string, description: string) =>
    memory
      .command(name)
      .description(description)
      .option('--repo <dir>', 'a folder of the checkout', '.')
      .option('--agent <name>', 'whose memory (default: what the settings say)')
  const run = () => import('#cli/memory-command')
  const formats = (choices: readonly string[], first: string) =>
    new Option('--format <format>', choices.join(', ')).choices(choices).default(first)

  sub('show', 'list the entries, and how far each is believed')
    .addOption(formats(EVAL_FORMATS, 'text'))
    .action(async (options: Options & { format: 'text' | 'json' }) =>
      exitWith(await (await run()).showMemory(requestOf(options), options.format, streams, load)),
    )
  sub('check', 'say what is wrong with the folder; exit code 1 when something is')
    .addOption(formats(EVAL_FORMATS, 'text'))
    .action(async (options: Options & { format: 'text' | 'json' }) =>
      exitWith(
        await (await run()).runMemoryCheck(requestOf(options), options.format, streams, load),
      ),
    )
  sub('forget <id>', 'take an entry out of the files; committing is yours').action(
    async (id: string, options: Options) =>
      exitWith(await (await run()).forgetEntry(requestOf(options), id, streams, load)),
  )
  sub('export', 'write everything that the folder holds to one file')
    .addOption(formats(MEMORY_FORMATS, 'json'))
    .option('--output <file>', 'write the result to a file')
    .action(async (options: Options & { format: 'json' | 'markdown' }) =>
      exitWith(
        await (await run()).exportMemory(
          requestOf(options),
          { ...options, output: options.output ?? null },
          streams,
          load,
        ),
      ),
    )
}

function requestOf({ repo, agent }: Options) {
  return { directory: repo, agent: agent ?? null }
}
