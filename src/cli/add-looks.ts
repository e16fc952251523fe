import { type Command, Option } from 'commander'
import { LOOK_FORMATS } from '#cli/choices'
import type { LookLocally, Services, Streams } from '#cli/command-line'
import type { LookFormat, Renderers } from '#cli/look-command'
import type { Inventory } from '#core/inventory/inventory'
import type { Matrix } from '#core/matrix/matrix'

interface Context {
  readonly streams: Streams
  readonly exitWith: (code: number) => void
}

interface Options {
  readonly repo: string
  readonly ref?: string
  readonly format: LookFormat
  readonly output?: string
}

const INVENTORY: Renderers<Inventory> = {
  json: async (seen) => (await import('#core/render/json-report')).jsonText(seen),
  markdown: async (seen) =>
    (await import('#core/render/markdown-inventory')).markdownInventory(seen),
  text: async (seen, page) =>
    (await import('#core/render/terminal-inventory')).terminalInventory(seen, page),
}

const MATRIX: Renderers<Matrix> = {
  json: async (seen) => (await import('#core/render/json-report')).jsonText(seen),
  markdown: async (seen) => (await import('#core/render/markdown-matrix')).markdownMatrix(seen),
  text: async (seen, page) =>
    (await import('#core/render/terminal-matrix')).terminalMatrix(seen, page),
}

/** `tech-lead inventory` and `tech-lead matrix`: what is true of a repository as a whole. */
export function addLooks(
  program: Command,
  context: Context,
  { inventory, matrix }: Pick<Services, 'inventory' | 'matrix'>,
): void {
  if (inventory)
    addLook(program.command('inventory'), context, inventory, INVENTORY).description(
      'list the integrations of a repository and where its code speaks to them',
    )
  if (matrix)
    addLook(program.command('matrix'), context, matrix, MATRIX).description(
      'show what protects each call to another system and each webhook handler',
    )
}

function addLook<Seen extends Pick<Inventory, 'unread'>>(
  command: Command,
  { streams, exitWith }: Context,
  load: () => Promise<LookLocally<Seen>>,
  renderers: Renderers<Seen>,
): Command {
  return command
    .option('--repo <dir>', 'a folder of the repository, or a bare repository', '.')
    .option('--ref <ref>', 'look at this ref (default: HEAD and what is not committed)')
    .addOption(
      new Option('--format <format>', LOOK_FORMATS.join(', '))
        .choices(LOOK_FORMATS)
        .default('text'),
    )
    .option('--output <file>', 'write the result to a file')
    .action(async ({ repo, ref, format, output }: Options) => {
      const { runLookCommand } = await import('#cli/look-command')
      const typed = { directory: repo, ref: ref ?? null, format, output: output ?? null }
      exitWith(await runLookCommand(typed, streams, { load, renderers }))
    })
}
