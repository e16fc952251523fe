import { join } from 'node:path'
import type { FileDiff } from '#core/diff/diff'
import { type SelectionInput, selectFiles } from '#core/filter/select-files'
import type { FileDecision } from '#core/filter/selection'
import { type Catalog, createCatalog } from '#core/providers/catalog'
import { DEFAULT_SETTINGS } from '#core/settings/settings'
import { loadProviders } from '#wiring/load-providers'

/** The catalog of the shipped packs. */
export async function shippedCatalog(): Promise<Catalog> {
  const read = await loadProviders(join(import.meta.dirname, '../../../providers'))
  if (!read.ok) throw new Error(JSON.stringify(read.complaints))
  return createCatalog(read.value, '2026-12-01')
}

/** A file that the change adds. */
export function added(path: string, text: string): FileDiff {
  return fileOf(
    path,
    'added',
    text.split('\n').map((line) => `+${line}`),
  )
}

/** A file that the change removes. */
export function removed(path: string, text: string): FileDiff {
  return fileOf(
    path,
    'removed',
    text.split('\n').map((line) => `-${line}`),
  )
}

/** A file of which the change touches some lines; each line carries its prefix. */
export function modified(path: string, lines: readonly string[], newStart = 1): FileDiff {
  return fileOf(path, 'modified', lines, newStart)
}

function fileOf(
  path: string,
  change: FileDiff['change'],
  lines: readonly string[],
  newStart = 1,
): FileDiff {
  const newLines = lines.filter((line) => !line.startsWith('-')).length
  const oldLines = lines.filter((line) => !line.startsWith('+')).length
  const hunk = { oldStart: newStart, oldLines, newStart, newLines, lines }
  return { path, previousPath: null, change, content: 'text', hunks: [hunk] }
}

/** The decision about one file on its own. */
export function decisionAbout(
  file: FileDiff,
  input: Pick<SelectionInput, 'catalog'> & Partial<SelectionInput>,
): FileDecision {
  const [decision] = selectFiles({
    files: [file],
    sources: new Map(),
    settings: DEFAULT_SETTINGS,
    ...input,
  })
  if (!decision) throw new Error('one decision per file was promised')
  return decision
}
