import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import * as z from 'zod'
import type { FileDiff, Hunk } from '#core/diff/diff'

const FOLDER = join(import.meta.dirname, 'own')

const OwnRow = z.strictObject({
  path: z.string(),
  label: z.enum(['yes', 'no', 'borderline']),
  changed: z.string().regex(/^all$|^\d+-\d+$/),
  because: z.string(),
})

/** One labelled file of our own: its diff, its text at head and what a person says it is. */
export interface OwnFile {
  readonly file: FileDiff
  readonly text: string
  readonly label: 'yes' | 'no' | 'borderline'
  readonly because: string
}

/** The labelled files. A path's first folder names a pretended repository and is not part of it. */
export function readOwnFiles(): readonly OwnFile[] {
  const rows = z.array(OwnRow).parse(parse(readFileSync(join(FOLDER, 'labels.yml'), 'utf8')))
  return rows.map(({ path, label, changed, because }) => {
    const text = readFileSync(join(FOLDER, `${path}.txt`), 'utf8')
    return { file: diffOf(path.slice(path.indexOf('/') + 1), text, changed), text, label, because }
  })
}

/** How many unchanged lines stand around a change, as git shows them. */
const CONTEXT = 3

function diffOf(path: string, text: string, changed: string): FileDiff {
  const lines = text.split('\n').slice(0, -1)
  const all = changed === 'all'
  const [from = 1, to = lines.length] = all ? [1, lines.length] : changed.split('-').map(Number)
  const first = Math.max(1, from - CONTEXT)
  const shown = lines.slice(first - 1, Math.min(lines.length, to + CONTEXT))
  const added = to - from + 1
  const hunk: Hunk = {
    oldStart: all ? 0 : first,
    oldLines: shown.length - added,
    newStart: first,
    newLines: shown.length,
    lines: shown.map((line, index) => {
      const number = first + index
      return `${number >= from && number <= to ? '+' : ' '}${line}`
    }),
  }
  return {
    path,
    previousPath: null,
    change: all ? 'added' : 'modified',
    content: 'text',
    hunks: [hunk],
  }
}
