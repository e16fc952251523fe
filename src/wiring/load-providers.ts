import { readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Complaint, Read } from '#core/problem'
import { claimConflicts, packOversights } from '#core/providers/check-packs'
import type { Pack } from '#core/providers/pack'
import { parseProvider } from '#core/providers/parse-provider'
import type { Provider } from '#core/providers/provider'
import { type ParsedYaml, readParsedYaml } from '#wiring/parsed-yaml'

/**
 * Reads every `*.yml` of a folder of provider packs, in the order of their ids. Gives all packs,
 * or all complaints of all files at once, two packs that claim the same thing included; a folder
 * that cannot be read is one complaint.
 */
export async function loadProviders(folder: string): Promise<Read<readonly Provider[]>> {
  const files = await packFiles(folder)
  if (!files.ok) return files
  const read = await readPacks(files.value)
  const complaints = [...read.complaints, ...claimConflicts(read.packs)]
  if (complaints.length > 0) return { ok: false, complaints }
  return { ok: true, value: read.packs.map(({ provider }) => provider) }
}

/**
 * Everything that is wrong with pack files, beside the packs of a folder. A named file stands for
 * the folder's pack of the same name.
 *
 * @param files none: all of the folder
 * @param today a day such as `2026-11-22`
 */
export async function checkProviders(
  folder: string,
  files: readonly string[],
  today: string,
): Promise<readonly Complaint[]> {
  const shipped = await packFiles(folder)
  if (!shipped.ok) return shipped.complaints
  const named = new Set(files.length === 0 ? shipped.value : files)
  const names = new Set([...named].map((file) => basename(file)))
  const others = await readPacks(shipped.value.filter((file) => !names.has(basename(file))))
  const read = await readPacks([...named])
  const packs = [...others.packs, ...read.packs]
  const found = [...read.complaints, ...claimConflicts(packs), ...packOversights(packs, today)]
  return found
    .filter(({ file }) => named.has(file))
    .sort((a, b) => a.file.localeCompare(b.file, 'en') || (a.line ?? 0) - (b.line ?? 0))
}

async function packFiles(folder: string): Promise<Read<readonly string[]>> {
  try {
    const entries = await readdir(folder)
    const ids = entries.filter((name) => name.endsWith('.yml')).map((name) => name.slice(0, -4))
    return { ok: true, value: ids.sort().map((id) => join(folder, `${id}.yml`)) }
  } catch (error) {
    return refused(folder, `the folder of provider packs cannot be read: ${messageOf(error)}`)
  }
}

async function readPacks(
  files: readonly string[],
): Promise<{ readonly packs: readonly Pack[]; readonly complaints: readonly Complaint[] }> {
  const parsed = await readParsedYaml()
  const read = files.map((file) => readPack(file, parsed))
  return {
    packs: read.flatMap((pack) => (pack.ok ? [pack.value] : [])),
    complaints: read.flatMap((pack) => (pack.ok ? [] : pack.complaints)),
  }
}

/** At once, not through a thread: that takes longer than reading so little. */
function readPack(file: string, parsed: ParsedYaml): Read<Pack> {
  try {
    const text = readFileSync(file, 'utf8')
    const pack = parseProvider(text, file, parsed(text))
    if (!pack.ok) return pack
    const { id } = pack.value.provider
    if (`${id}.yml` === basename(file)) return pack
    const reason = `id "${id}" must be the file's name without .yml`
    return { ok: false, complaints: [{ file, line: pack.value.lineOf(['id']), reason }] }
  } catch (error) {
    return refused(file, `cannot be read: ${messageOf(error)}`)
  }
}

function refused(file: string, reason: string): { ok: false; complaints: readonly Complaint[] } {
  return { ok: false, complaints: [{ file, line: null, reason }] }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && error.code === 'ENOENT' ? 'there is no such file' : error.message
}
