import type { INVENTORY_FORMATS } from '#cli/choices'
import type { InventoryLocally, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { checkOutput, writeOutput } from '#cli/write-output'
import type { Inventory } from '#core/inventory/inventory'

/** `inventory` as it was typed. */
export interface InventoryCommand {
  readonly directory: string
  readonly ref: string | null
  readonly format: (typeof INVENTORY_FORMATS)[number]
  readonly output: string | null
}

/** Takes the inventory, writes it and returns the exit code: 3 where a file could not be read. */
export async function runInventoryCommand(
  { directory, ref, format, output }: InventoryCommand,
  streams: Streams,
  load: () => Promise<InventoryLocally>,
): Promise<number> {
  await checkOutput(output)
  const inventoryLocally = await load()
  const inventory = await inventoryLocally({ directory, ref }, streams.progress)
  streams.progress('')
  const shown = output === null ? streams : { ...streams, colour: false }
  await writeOutput(await render(inventory, format, shown), output, streams)
  return inventory.unread.files.length === 0 ? EXIT.done : EXIT.incomplete
}

async function render(
  inventory: Inventory,
  format: InventoryCommand['format'],
  terminal: Pick<Streams, 'colour' | 'width'>,
): Promise<string> {
  switch (format) {
    case 'json':
      return (await import('#core/render/json-report')).jsonText(inventory)
    case 'markdown':
      return (await import('#core/render/markdown-inventory')).markdownInventory(inventory)
    case 'text':
      return (await import('#core/render/terminal-inventory')).terminalInventory(
        inventory,
        terminal,
      )
    default:
      return format satisfies never
  }
}
