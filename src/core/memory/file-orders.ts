import { readDecision } from '#core/memory/decision'
import type { MemoryFile } from '#core/memory/memory'
import { parseMemory } from '#core/memory/parse-memory'
import { findInstruction } from '#core/memory/reader-instructions'
import { splitLines } from '#core/text/lines'

/** A line of a memory file that orders its reader, and how. The line's words are never repeated. */
export interface FileOrder {
  /** 1-based. */
  readonly line: number
  readonly means: string
}

/** Longer lines are no sentences. */
const MAX_LINE = 2_000

/**
 * The lines of a file in the folder that would change how its reader reviews. People write there,
 * to each other, so what every team notes is none; a maintainer's decision may judge findings.
 */
export function findOrders(text: MemoryFile['text']): readonly FileOrder[] {
  const decided = new Map(
    parseMemory(text).entries.flatMap((entry) => {
      const decision = entry.by === null ? null : readDecision(entry.text)
      return decision === null ? [] : [[entry.startLine, decision.reason] as const]
    }),
  )
  return splitLines(text).flatMap((words, index) => {
    const means = orderIn(words, decided.get(index + 1))
    return means === null ? [] : [{ line: index + 1, means }]
  })
}

function orderIn(line: string, decided: string | undefined): string | null {
  // A heading names a subject, such as "Code reviewer memory", and orders nothing.
  if (line.length > MAX_LINE || /^#{1,6}\s/.test(line)) return null
  return decided === undefined
    ? findInstruction(line, 'notes')
    : findInstruction(decided, 'findings')
}
