import type { Span } from '#core/facts/fact'
import { quietOf } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

/** A call, of any form, that something is handed to or that takes a block around it. */
export interface OpenedCall {
  readonly callee: string
  readonly start: number
  readonly end: number
  /** Where what is handed to it begins: nothing before it is code that the call runs. */
  readonly inner: Span
}

/** Calls around one call that are looked at. */
const MAX_OPENED = 6
/** Characters of a callee, and of the arguments before a block. */
const MAX_HEAD = 400
/** How far behind the call the end of what encloses it is looked for. */
const MAX_TAIL = 3_000

/** Words before a bracket that call nothing. */
const CONTROL =
  /(?:^|[^\w.])(?:if|elsif|while|until|for|foreach|switch|catch|match|when|return|else|try|finally|do|fun|function|fn|def|unsafe|async|move|loop|synchronized|init|object|throw|in|case|unless)$/
/** What a bracket belongs to that opens a body. */
const DECLARES = /\b(?:fun|function|fn|def|class|interface|object)\b[^{};\n]*$/
const NAME =
  /[A-Za-z_$\\@][\w$\\@]*(?:(?:\.|->|::|\?\.|&\.)[A-Za-z_$]\w*)*!?(?:::)?(?:<[^<>(){};]{0,80}>)?\s*$/

/**
 * The calls around a call that are open where it stands, nearest first: `retry(3) { … }`,
 * `timeout(limit, …)`, `Retriable.retriable do … end`. Read from brackets, since not every language
 * gives a fact for every call.
 */
export function openedCalls(file: CodeFile, from: Span, within: Span): readonly OpenedCall[] {
  const { code } = quietOf(file)
  const found: OpenedCall[] = file.language === 'ruby' ? [...blocksAround(code, from, within)] : []
  let depth = 0
  for (let at = from.start - 1; at > within.start && found.length < MAX_OPENED; at -= 1) {
    const here = code[at] ?? ''
    if (')]}'.includes(here)) depth += 1
    if (!'([{'.includes(here)) continue
    if (depth > 0) {
      depth -= 1
      continue
    }
    const opened = openedAt(file, code, { at, from })
    if (opened !== null) found.push(opened)
  }
  return found
}

function openedAt(
  { language }: CodeFile,
  code: string,
  { at, from }: { readonly at: number; readonly from: Span },
): OpenedCall | null {
  const here = code[at]
  const takesBlock = language === 'kotlin' || language === 'ruby'
  if (here !== '(' && !(here === '{' && takesBlock)) return null
  const head = here === '{' ? beforeArguments(code, at) : at
  const before = code.slice(Math.max(0, head - MAX_HEAD), head)
  const name = NAME.exec(before)
  if (name === null || CONTROL.test(before.trimEnd()) || DECLARES.test(before.slice(0, name.index)))
    return null
  return {
    callee: name[0].trim(),
    start: head - (before.length - name.index),
    end: closingOf(code, from.end),
    inner: { start: at + 1, end: from.end, line: from.line, endLine: from.endLine },
  }
}

/** Where the arguments before a block begin; the block itself where there are none. */
function beforeArguments(code: string, at: number): number {
  const before = code.slice(Math.max(0, at - MAX_HEAD), at).trimEnd()
  if (!before.endsWith(')')) return at
  let depth = 0
  for (let index = before.length - 1; index >= 0; index -= 1) {
    if (before[index] === ')') depth += 1
    if (before[index] === '(') depth -= 1
    if (depth === 0) return at - (Math.min(at, MAX_HEAD) - index)
  }
  return at
}

function closingOf(code: string, from: number): number {
  const limit = Math.min(code.length, from + MAX_TAIL)
  let depth = 0
  for (let at = from; at < limit; at += 1) {
    const here = code[at] ?? ''
    if ('([{'.includes(here)) depth += 1
    if (!')]}'.includes(here)) continue
    if (depth === 0) return at + 1
    depth -= 1
  }
  return limit
}

/** Ruby's blocks of several lines, by how far they are set in. */
function* blocksAround(code: string, from: Span, within: Span): Generator<OpenedCall> {
  let lineStart = code.lastIndexOf('\n', from.start - 1) + 1
  let inset = insetOf(code, lineStart)
  while (lineStart > within.start && inset > 0) {
    const start = code.lastIndexOf('\n', lineStart - 2) + 1
    const line = code.slice(start, lineStart - 1)
    const own = /\S/.test(line) ? insetOf(code, start) : inset
    if (own < inset) {
      inset = own
      const callee =
        /^\s*(?:[\w@.,\s]{1,60}=\s*)?([\w:.@]{1,120}[?!]?)[^\n]*\bdo\b(?:\s*\|[^|\n]*\|)?\s*$/.exec(
          line,
        )?.[1]
      if (callee !== undefined) {
        const inner = { start: lineStart, end: from.end, line: from.line, endLine: from.endLine }
        yield { callee, start, end: Math.min(code.length, from.end + 1), inner }
      }
    }
    lineStart = start
  }
}

function insetOf(code: string, lineStart: number): number {
  return /^[ \t]*/.exec(code.slice(lineStart, lineStart + 200))?.[0].length ?? 0
}
