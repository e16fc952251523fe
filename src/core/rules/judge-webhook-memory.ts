import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Judgement } from '#core/rules/observation'
import { observe } from '#core/rules/observe'
import { isStored } from '#core/rules/stores'
import { KEEPS } from '#core/rules/webhook-words'
import { type WebhookHandler, webhookHandlers } from '#core/rules/webhooks'

/** What lets work run on in this process only, after the answer. */
const IN_MEMORY =
  /\b(?:setImmediate|process\.nextTick|queueMicrotask)\(|\bsetTimeout\(\s*(?:async\s*)?(?:\(\)|function)|\b(?:threading\.)?Thread\(\s*target\s*=|\basyncio\.(?:create_task|ensure_future)\(|\b\w+\.add_task\(|\b(?:executor|pool)\.submit\(|\bvoid\s+(?:this\.)?[\w$]+(?:\.[\w$]+)*\(|(?<=[;{}]\s{0,40})(?:this\.)?[\w$]+(?:\.[\w$]+)*\([^;{}]{0,120}\)\s*\.catch\(/
/** What may be lost without harm, or outlives the answer on platforms that wait for it. */
const HARMLESS =
  /\b(?:log|logger|metrics?|analytics|track|telemetry|sentry|captureException|notify_slack|cache|refresh|warm\w*|revalidate\w*|reporter|report_?(?:config|error|exception|failure|missing|problem)\w*)\b/i
const MAX_STATEMENT = 300

/** Work of a delivery that lives in the memory of one process while its answer says it is safe. */
export const workOnlyInMemory: Judgement = {
  names: ['handler', 'start'],
  judge: (view) =>
    webhookHandlers(view).flatMap((handler) => {
      const found = startedInMemory(view.file, handler)
      if (found === null) return []
      const names = { handler: handler.label, start: found.start }
      return [
        observe(view, handler.fact, {
          line: found.line,
          endLine: found.line,
          range: handler.body,
          symbol: handler.fact.captures['name'] ?? handler.label,
          provider: handler.provider,
          names,
        }),
      ]
    }),
}

function startedInMemory(
  file: CodeFile,
  handler: WebhookHandler,
): { line: number; start: string } | null {
  const { body } = handler
  const text = withoutComments(file.text.slice(body.start, body.end), file.language)
  const match = IN_MEMORY.exec(text)
  if (match === null) return null
  const before = text.slice(0, match.index)
  const kept = factsOf(file, 'durable-write', body).some(
    (fact: Fact) => isStored(fact) && within(fact, body) && fact.start < body.start + match.index,
  )
  const started = text.slice(match.index, match.index + MAX_STATEMENT)
  const statement = started.slice(
    0,
    /;\s*\n|\)\s*\n|\n\s*\n|\}\)?\s*\n\s*return/.exec(started)?.index,
  )
  if (kept || KEEPS.test(before) || HARMLESS.test(statement.split('(').slice(0, 3).join('(')))
    return null
  return {
    line: file.text.slice(0, body.start + match.index).split('\n').length,
    start: match[0].replace(/\(.*$/, ''),
  }
}
