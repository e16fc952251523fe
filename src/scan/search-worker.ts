import { parentPort, workerData } from 'node:worker_threads'
import type { SourceText } from '#core/text/source-text'

/** What a search is asked for. The pattern compiles: that was tried before. */
export interface SearchTask {
  readonly pattern: string
  readonly sources: readonly SourceText[]
  readonly limit: number
  /** Characters of a line that are looked at. */
  readonly maxLine: number
}

export interface SearchAnswer {
  readonly matches: readonly { path: string; line: number; text: string }[]
  readonly cut: boolean
}

function search({ pattern, sources, limit, maxLine }: SearchTask): SearchAnswer {
  const expression = new RegExp(pattern, 'u')
  const matches: { path: string; line: number; text: string }[] = []
  for (const { path, text } of sources) {
    for (const [index, whole] of text.split('\n').entries()) {
      const line = whole.slice(0, maxLine).replace(/\r$/, '')
      if (!expression.test(line)) continue
      if (matches.length >= limit) return { matches, cut: true }
      matches.push({ path, line: index + 1, text: line })
    }
  }
  return { matches, cut: false }
}

parentPort?.postMessage(search(workerData as SearchTask))
