import { structuredPatch } from 'diff'
import type { FileDiff } from '#core/diff/diff'

/** The diff of one file's texts at base and head; null at base for a new file. */
export function diffTexts(path: string, base: string | null, head: string): FileDiff {
  const { hunks } = structuredPatch(path, path, base ?? '', head)
  return {
    path,
    previousPath: null,
    change: base === null ? 'added' : 'modified',
    content: 'text',
    hunks: hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
      oldStart,
      oldLines,
      newStart,
      newLines,
      // `\ No newline at end of file` is no line.
      lines: lines.filter((line) => !line.startsWith('\\')),
    })),
  }
}
