import type { Fact, Span } from '#core/facts/fact'
import type { Declared } from '#core/matrix/call-graph'
import type { Chain } from '#core/matrix/chains'
import { quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import { factsOf } from '#core/rules/code'

/** What runs beside the answer or after it, by who is told to run it. */
const DEFERS =
  /(?:^|\.|::)(?:setImmediate|setTimeout|nextTick|queueMicrotask|waitUntil|after|create_task|ensure_future|add_task|submit|runAsync|supplyAsync|StartNew|spawn|spawn_blocking|launch|afterResponse|dispatchAfterResponse|terminating|defer|Thread\.new|Thread|start_soon|after_this_request|call_on_close)$|^(?:_?\w+\.)?Task\.Run$|^Concurrent::|^(?:async|launch)$/
const GO_STATEMENT = /\bgo\s+(?:func\b|[\w.]+\()/g
const RUNS_ASIDE = /@Async\b|@async\b/

/** Whether a function runs beside its caller by its annotation. */
export function isRunAside({ file, fact }: Declared): boolean {
  const { code } = quietOf(file)
  const before =
    code
      .slice(Math.max(0, fact.start - 120), fact.start)
      .split(/[;}]/)
      .at(-1) ?? ''
  const head = code.slice(fact.start, fact.start + 200).split('{')[0] ?? ''
  return RUNS_ASIDE.test(`${before}${head}`)
}

/** What of a region runs after the answer or beside it. */
export function deferredSpans(
  { file, start, end }: Region,
  chains: readonly Chain[],
): readonly Pick<Span, 'start' | 'end'>[] {
  const code = quietOf(file).code.slice(start, end)
  const begun = chains.filter(
    ({ head, names }) => DEFERS.test(head) || DEFERS.test(names.at(-1) ?? ''),
  )
  const calls = factsOf(file, 'call', { start, end, line: 1, endLine: 1 }).filter(
    ({ captures }: Fact) => DEFERS.test(captures['callee'] ?? ''),
  )
  // A promise that nobody waits for: `void handle(event)`, `handle(event).catch(log)`.
  const loose = chains.filter(
    ({ alone, awaited, names, start: at }) =>
      alone &&
      !awaited &&
      (/\bvoid\s*$/.test(quietOf(file).code.slice(Math.max(0, at - 8), at)) ||
        (names.length > 1 && names.at(-1) === 'catch')),
  )
  const started =
    file.language === 'go'
      ? [...code.matchAll(GO_STATEMENT)].map(({ index }) =>
          statementAt('function', file, start + index),
        )
      : []
  return [...begun, ...calls, ...loose, ...started]
}
