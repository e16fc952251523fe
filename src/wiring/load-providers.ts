import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Complaint, Read } from '#core/problem'
import { parseProvider } from '#core/providers/parse-provider'
import type { Provider } from '#core/providers/provider'

/**
 * Reads every `*.yml` of a folder of provider packs, in the order of their names. Gives all packs,
 * or all complaints of all files at once; a folder that cannot be read is one complaint.
 */
export async function loadProviders(folder: string): Promise<Read<readonly Provider[]>> {
  const names = await packNames(folder)
  if (!names.ok) return names
  const packs = await Promise.all(names.value.map((name) => readPack(folder, name)))
  const complaints = [...packs.flatMap((pack) => (pack.ok ? [] : pack.complaints))]
  const providers = packs.flatMap((pack) => (pack.ok ? [pack.value] : []))
  if (complaints.length > 0) return { ok: false, complaints }
  return { ok: true, value: providers }
}

async function packNames(folder: string): Promise<Read<readonly string[]>> {
  try {
    const entries = await readdir(folder)
    return { ok: true, value: entries.filter((name) => name.endsWith('.yml')).sort() }
  } catch (error) {
    return refused(folder, `the folder of provider packs cannot be read: ${messageOf(error)}`)
  }
}

async function readPack(folder: string, name: string): Promise<Read<Provider>> {
  const file = join(folder, name)
  try {
    const pack = parseProvider(await readFile(file, 'utf8'), file)
    if (pack.ok && `${pack.value.id}.yml` !== name) {
      return refused(file, `id "${pack.value.id}" must be the file's name without .yml`)
    }
    return pack
  } catch (error) {
    return refused(file, `cannot be read: ${messageOf(error)}`)
  }
}

function refused(file: string, reason: string): { ok: false; complaints: readonly Complaint[] } {
  return { ok: false, complaints: [{ file, line: null, reason }] }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
