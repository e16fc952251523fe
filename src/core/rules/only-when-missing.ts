import type { Fact, Span } from '#core/facts/fact'
import type { CodeFile } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { assignedTo } from '#core/rules/scope-text'

/** A question to one's own store. */
const LOOK_UP =
  /(?:get|find|load|fetch|select|first|look_?up|query|search|one|where|filter)\w*[!?]?\s*\(/i
/** What arrived says nothing of what is there. */
const ARRIVED =
  /\b(?:req|request|payload|headers)\b|\.(?:json|form|body)\b|construct\w*\(|unmarshal\(/i
const WHEN_MISSING =
  /\b(?:if|elif|when)\b[\s(]{1,4}(?:(?:not\s+|!\s*)([\w$]+)|([\w$]+)(?:\s+is\s+None|\s*={2,3}\s*(?:null|undefined|nil|None)|\.nil\?|\.blank\?))[\s)]{0,4}(?:then\b|:|\{|$)|\bunless\s+([\w$]+)\s*$/
const WHEN_THERE =
  /\b(?:if|elif|when)\b[\s(]{1,4}([\w$]+)(?:\s+is\s+not\s+None|\s*!={1,2}\s*(?:null|undefined|nil|None)|\.present\?)?[\s)]{0,4}(?:then\b|:|\{|$)/

/** Whether a row is only added where it was looked for and not found: a repetition finds it. */
export function isOnlyWhenMissing(file: CodeFile, write: Fact, around: Span): boolean {
  const before = withoutComments(file.text.slice(around.start, write.start), file.language)
  const model = (write.captures['callee'] ?? '')
    .split(/\.|::|->/)
    .filter((part) => part !== 'objects')
    .at(-2)
    ?.toLowerCase()
    .replace(/s$/, '')
  if (model === undefined || model === '') return false
  return missingAround(before).some((name) =>
    assignedTo(before, name).some(
      (value) =>
        LOOK_UP.test(value) &&
        !ARRIVED.test(value.slice(0, value.search(LOOK_UP))) &&
        `${name} ${value}`.toLowerCase().includes(model),
    ),
  )
}

/** Names that are nothing where a text ends: by the conditions that stand around it. */
function missingAround(before: string): readonly string[] {
  const lines = before.split('\n')
  let depth = Number.POSITIVE_INFINITY
  return lines.toReversed().flatMap((line, back) => {
    if (back > 0 && (line.trim() === '' || indentOf(line) >= depth)) return []
    depth = indentOf(line)
    const otherwise = /^(?:\}\s{0,4})?else\b/.test(line.trimStart())
      ? thereBefore(lines.slice(0, lines.length - 1 - back), depth)
      : []
    return [...missingBy(line), ...otherwise]
  })
}

/** What the `if` of an `else` found there. */
function thereBefore(lines: readonly string[], depth: number): string[] {
  const asked = lines.findLast(
    (line) => indentOf(line) === depth && /^(?:if|unless)\b/.test(line.trimStart()),
  )
  return (WHEN_THERE.exec(asked ?? '')?.slice(1) ?? []).filter((name) => name !== undefined)
}

function missingBy(line: string): string[] {
  const found = WHEN_MISSING.exec(line)
  return (found?.slice(1) ?? []).filter((name) => name !== undefined)
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length
}
