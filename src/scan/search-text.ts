import * as z from 'zod'
import type { SourceText } from '#core/text/source-text'
import type { SearchResult } from '#flow/ports'
import type { SearchTask } from '#scan/search-worker'
import { startWorker } from '#scan/worker'

/** Milliseconds before a search is killed: a pattern can be written to run for years. */
const SEARCH_MS = 2_000
const MAX_LINE = 2_000
const MAX_PATTERN = 500
const MEMORY_MB = 256

const Answer = z.object({
  matches: z.array(z.object({ path: z.string(), line: z.int().positive(), text: z.string() })),
  cut: z.boolean(),
})

/** Lines that match a regular expression of a stranger, looked for in a thread that is killed. */
export function searchText(
  pattern: string,
  sources: readonly SourceText[],
  limit: number,
): Promise<SearchResult> {
  const refusal = refused(pattern)
  if (refusal !== null) return Promise.resolve({ ok: false, because: refusal })
  const task: SearchTask = { pattern, sources, limit, maxLine: MAX_LINE }
  return new Promise((resolve) => {
    const worker = startWorker('search-worker', task, MEMORY_MB)
    const end = (result: SearchResult) => {
      clearTimeout(timer)
      resolve(result)
      void worker.terminate()
    }
    const timer = setTimeout(
      () =>
        end({ ok: false, because: 'the search took longer than 2 seconds: use a simpler pattern' }),
      SEARCH_MS,
    )
    worker.on('message', (message: unknown) => end({ ok: true, ...Answer.parse(message) }))
    worker.on('error', () => end({ ok: false, because: 'the search failed on this pattern' }))
  })
}

function refused(pattern: string): string | null {
  if (pattern.length > MAX_PATTERN) return `the pattern is longer than ${MAX_PATTERN} characters`
  try {
    new RegExp(pattern, 'u')
    return null
  } catch (error) {
    return error instanceof SyntaxError ? error.message : 'the pattern is not a regular expression'
  }
}
