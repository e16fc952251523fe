import { type Command, Option } from 'commander'
import { INVENTORY_FORMATS } from '#cli/choices'
import type { Services, Streams } from '#cli/command-line'
import type { InventoryCommand } from '#cli/inventory-command'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

interface Options {
  readonly repo: string
  readonly ref?: string
  readonly format: InventoryCommand['format']
  readonly output?: string
}

/** `tech-lead inventory`. */
export function addInventory(
  program: Command,
  { streams, exitWith }: Context,
  load: NonNullable<Services['inventory']>,
): void {
  program
    .command('inventory')
    .description('list the integrations of a repository and where its code speaks to them')
    .option('--repo <dir>', 'a folder of the repository, or a bare repository', '.')
    .option('--ref <ref>', 'look at this ref (default: HEAD and what is not committed)')
    .addOption(
      new Option('--format <format>', INVENTORY_FORMATS.join(', '))
        .choices(INVENTORY_FORMATS)
        .default('text'),
    )
    .option('--output <file>', 'write the result to a file')
    .action(async ({ repo, ref, format, output }: Options) => {
      const { runInventoryCommand } = await import('#cli/inventory-command')
      const command = { directory: repo, ref: ref ?? null, format, output: output ?? null }
      exitWith(await runInventoryCommand(command, streams, load))
    })
}
