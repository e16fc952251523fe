import type { CallGraph } from '#core/matrix/call-graph'
import { definitionsOf, identifiersIn } from '#core/matrix/definitions'
import { codeOf, type Region } from '#core/matrix/region'

/** How far the parts of a thing are followed, how many of them, and how much code of each. */
const MAX_DEPTH = 4
const MAX_PARTS = 40
const MAX_CODE = 2_500

/**
 * What pieces of code are put together from: `wrap(again, guard)` from what `again` and `guard` are
 * given, a client from its interceptors and the functions that tune it. The pieces themselves are
 * left out.
 */
export function partsOf(graph: CallGraph, pieces: readonly Region[]): readonly Region[] {
  const seen = new Set(pieces.map(keyOf))
  const found: Region[] = []
  let fresh = pieces
  for (let depth = 0; depth < MAX_DEPTH && fresh.length > 0; depth += 1) {
    fresh = fresh
      .flatMap((region) => namedIn(graph, region))
      .filter((region) => {
        const key = keyOf(region)
        if (seen.has(key) || found.length >= MAX_PARTS) return false
        seen.add(key)
        found.push(region)
        return true
      })
  }
  return found
}

const keyOf = ({ file, start }: Region) => `${file.path}:${start}`

function namedIn(graph: CallGraph, region: Region): readonly Region[] {
  const { file, role, start, end } = region
  return identifiersIn(codeOf(region).slice(0, MAX_CODE)).flatMap((name) =>
    definitionsOf(graph, file, name, { role, from: { start, end } }),
  )
}
