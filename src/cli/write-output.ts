import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Streams } from '#cli/command-line'
import { Problem } from '#core/problem'
import { escapeLine } from '#core/text/hidden-characters'

/** Refuses a file that could not be written, before time and money are spent on its content. */
export async function checkOutput(file: string | null): Promise<void> {
  if (file === null) return
  const existing = await stat(file).catch(() => null)
  if (existing?.isDirectory()) throw cannotWrite(file, 'it is a folder')
  const folder = dirname(resolve(file))
  const parent = await stat(folder).catch(() => null)
  if (!parent?.isDirectory()) throw cannotWrite(file, 'its folder does not exist')
  await access(existing === null ? folder : file, constants.W_OK).catch((cause: unknown) => {
    throw cannotWrite(file, 'no permission', cause)
  })
}

/**
 * Writes a result to standard output or to a file. A file is written beside its place and then
 * renamed, so that nobody reads half of it; a device or pipe is written to directly.
 */
export async function writeOutput(
  text: string,
  file: string | null,
  streams: Streams,
): Promise<void> {
  if (file === null) return streams.out(text)
  const target = resolve(file)
  const existing = await stat(target).catch(() => null)
  try {
    if (existing !== null && !existing.isFile()) await writeFile(target, text)
    else await replace(target, text)
  } catch (cause) {
    throw cannotWrite(file, cause instanceof Error ? cause.message : 'unknown reason', cause)
  }
}

async function replace(target: string, text: string): Promise<void> {
  const temporary = `${target}.${randomUUID().slice(0, 8)}.tmp`
  try {
    await writeFile(temporary, text, { flag: 'wx' })
    await rename(temporary, target)
  } finally {
    await rm(temporary, { force: true })
  }
}

function cannotWrite(file: string, reason: string, cause?: unknown): Problem {
  const message = `Cannot write ${escapeLine(file)}: ${reason}.`
  return new Problem('cli.output', 'told', message, { cause })
}
