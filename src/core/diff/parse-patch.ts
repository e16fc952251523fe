import { parsePatch as parse } from 'diff'
import type { Hunk } from '#core/diff/diff'

/** Hunks, or why the text is not a patch. */
export type PatchRead =
  | { readonly ok: true; readonly hunks: readonly Hunk[] }
  | { readonly ok: false; readonly reason: string }

const HUNK_HEADER = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/

/**
 * Reads the `patch` field of GitHub's list of changed files: hunks without any file header.
 * Lines end at `\n` only, so a `\r` stays part of its line, as GitHub counts.
 */
export function parsePatch(patch: string): PatchRead {
  if (patch === '') return { ok: true, hunks: [] }
  if (!HUNK_HEADER.test(patch)) return { ok: false, reason: 'it does not start with a hunk header' }
  try {
    const [file, ...more] = parse(patch)
    if (more.length > 0) return { ok: false, reason: 'it holds a header of a file' }
    const hunks = file?.hunks.map(compactHunk) ?? []
    return hunks.every(isNumbered)
      ? { ok: true, hunks }
      : { ok: false, reason: 'a hunk header cannot be read' }
  } catch (cause) {
    return { ok: false, reason: cause instanceof Error ? cause.message : String(cause) }
  }
}

const isNumbered = ({ oldStart, newStart }: Hunk) => Number.isSafeInteger(oldStart + newStart)

/** One hunk of the diff library in our words, without the no-newline marks, which are no lines. */
function compactHunk(hunk: Hunk): Hunk {
  return {
    oldStart: hunk.oldStart,
    oldLines: hunk.oldLines,
    newStart: hunk.newStart,
    newLines: hunk.newLines,
    lines: hunk.lines.filter((line) => !line.startsWith('\\')),
  }
}
