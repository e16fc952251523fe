import type { LocalMemoryDesk, Streams } from '#cli/command-line'
import { EXIT } from '#cli/exit-code'
import { checkOutput, writeOutput } from '#cli/write-output'
import { Problem } from '#core/problem'
import { jsonText } from '#core/render/json-report'
import {
  memoryComplaints,
  memoryExport,
  memoryMarkdown,
  memoryText,
} from '#core/render/memory-folder'
import { escapeLine } from '#core/text/hidden-characters'

interface Request {
  readonly directory: string
  readonly agent: string | null
}

type Load = () => Promise<LocalMemoryDesk>

/** Lists the entries of the folder. */
export async function showMemory(
  request: Request,
  format: 'text' | 'json',
  streams: Streams,
  load: Load,
): Promise<number> {
  const memory = await (await load()).look(request)
  const { folder, entries } = memoryExport(memory)
  const text = format === 'json' ? jsonText({ version: 1, folder, entries }) : memoryText(memory)
  await streams.out(text)
  return EXIT.done
}

/** Says what is wrong with the folder; exit code 1 when something is. */
export async function runMemoryCheck(
  request: Request,
  format: 'text' | 'json',
  streams: Streams,
  load: Load,
): Promise<number> {
  const { folder, findings } = await (await load()).look(request)
  const text =
    format === 'json'
      ? jsonText({ version: 1, folder, findings })
      : memoryComplaints(folder, findings)
  await streams.out(text)
  return findings.length === 0 ? EXIT.done : EXIT.findings
}

/** Takes an entry out. Throws Problem where no single entry has the id. */
export async function forgetEntry(
  request: Request,
  id: string,
  streams: Streams,
  load: Load,
): Promise<number> {
  const forgotten = await (await load()).forget(request, id)
  if (forgotten === null) {
    const message = `No single entry begins with "${escapeLine(id)}": see tech-lead memory show.`
    throw new Problem('cli.unknown-id', 'told', message)
  }
  const { id: whole, changed } = forgotten
  await streams.out(`${whole} forgotten: ${changed.map(escapeLine).join(', ')}\n`)
  return EXIT.done
}

/** Writes everything that the folder holds. */
export async function exportMemory(
  request: Request,
  { format, output }: { readonly format: 'json' | 'markdown'; readonly output: string | null },
  streams: Streams,
  load: Load,
): Promise<number> {
  await checkOutput(output)
  const memory = await (await load()).look(request)
  const text = format === 'json' ? jsonText(memoryExport(memory)) : memoryMarkdown(memory)
  await writeOutput(text, output, streams)
  return EXIT.done
}
