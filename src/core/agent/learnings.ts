import type { Citation, Learning, MemoryEdit, MemoryFile } from '#core/memory/memory'
import { clip } from '#core/text/lines'

const MAX_LEARNINGS = 40
const MAX_TEXT = 1_000
const BULLET = /^\s{0,3}[-*+]\s+(\S.*)$/
const PLACE =
  /(?:^|[\s`([])((?:[\w@.-]{1,100}\/){0,20}[\w@.-]{1,100}\.[A-Za-z][\w]{0,9}):(\d{1,7})\b/

/**
 * The single notes that the reviewer added: each new bullet of an edited topic file, with the place
 * that it cites. Bullets that were there before, and lines of the index, are not among them.
 */
export function learningsOf(
  before: readonly MemoryFile[],
  edits: readonly MemoryEdit[],
): readonly Learning[] {
  const known = new Set(before.flatMap((file) => bullets(file.text)))
  const learnings = edits.flatMap(({ path, text }): Learning[] => {
    if (text === null || path === 'MEMORY.md') return []
    const topic = path.replace(/\.md$/, '')
    return bullets(text)
      .filter((bullet) => !known.has(bullet))
      .map((bullet) => ({
        topic,
        text: clip(bullet, MAX_TEXT),
        citation: citationIn(bullet),
        source: 'agent',
      }))
  })
  return learnings.slice(0, MAX_LEARNINGS)
}

function bullets(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const bullet = BULLET.exec(line)?.[1]?.trim()
    return bullet === undefined ? [] : [bullet]
  })
}

function citationIn(bullet: string): Citation | null {
  const [, path, line] = PLACE.exec(clip(bullet, MAX_TEXT)) ?? []
  return path === undefined || Number(line) === 0 ? null : { path, line: Number(line) }
}
