import type { LOOK_FORMATS } from '#cli/choices'
import type { LookLocally, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { checkOutput, writeOutput } from '#cli/write-output'
import type { Inventory } from '#core/inventory/inventory'

/** A look at a whole repository as it was typed: `inventory` or `matrix`. */
export interface LookCommand {
  readonly directory: string
  readonly ref: string | null
  readonly format: LookFormat
  readonly output: string | null
}

export type LookFormat = (typeof LOOK_FORMATS)[number]

/** Where a text goes: colours only on a terminal. */
export type Page = Pick<Streams, 'colour' | 'width'>

/** How what was seen is written in each format. */
export type Renderers<Seen> = Readonly<
  Record<LookFormat, (seen: Seen, page: Page) => Promise<string>>
>

/** Looks, writes what was seen and returns the exit code: 3 where a file could not be read. */
export async function runLookCommand<Seen extends Pick<Inventory, 'unread'>>(
  { directory, ref, format, output }: LookCommand,
  streams: Streams,
  { load, renderers }: { load: () => Promise<LookLocally<Seen>>; renderers: Renderers<Seen> },
): Promise<number> {
  await checkOutput(output)
  const look = await load()
  const seen = await look({ directory, ref }, streams.progress)
  streams.progress('')
  const page = output === null ? streams : { ...streams, colour: false }
  await writeOutput(await renderers[format](seen, page), output, streams)
  return seen.unread.files.length === 0 ? EXIT.done : EXIT.incomplete
}
