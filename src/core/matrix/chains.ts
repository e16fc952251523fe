import { quietOf, type Region } from '#core/matrix/region'
import type { CodeFile } from '#core/rules/code'

/** A call with everything that is called on its answer: `db.prepare(sql).bind(id).run()`. */
export interface Chain {
  readonly file: CodeFile
  readonly start: number
  readonly end: number
  /** What stands before the first call: `this.orders.save`. */
  readonly head: string
  /** Everything that is called, in order, without what it is called on. */
  readonly names: readonly string[]
  /** The chain as it is written, without comments, and without the functions in it. */
  readonly text: string
  /** Nothing takes what it gives back. */
  readonly alone: boolean
  /** It is waited for, or gives back what this function gives back. */
  readonly awaited: boolean
  /** It is no argument of another call. */
  readonly outermost: boolean
  /** The variable that takes what it gives back. */
  readonly into: string | null
  /** It makes an object: `new Worker(…)`. */
  readonly isMade: boolean
}

/** Characters of one chain. */
const MAX_CHAIN = 6_000
/** Chains of one region: more is no handler. */
const MAX_CHAINS = 1_500

const HEAD =
  /(?<![\w$@.>:])(?:@{1,2}|\$)?[A-Za-z_]\w*(?:\[[^\]\n]{0,60}\])?(?:[ \t]*(?:\n[ \t]*)?(?:\?\.|!\.|\.|->|\?->|::|&\.)[ \t]*[A-Za-z_]\w*(?:\[[^\]\n]{0,60}\])?)*/g
const NO_CALL =
  /^(?:if|for|foreach|while|switch|catch|except|elif|elsif|unless|until|return|def|func|function|fn|fun|class|and|or|not|in|match|when|with|using|lock|await|new|typeof|sizeof|use|namespace|import|from|require|constructor|super|async|array|list|isset|empty|echo|print|where|select|case|else|do|then|end|throw|raise|yield|interface|struct|impl|enum|trait|mod|module|include|extend|prepend|attr_\w+|type|try|finally|begin|ensure|rescue|init|object|companion|guard|unsafe|loop|let|var|val|const|public|private|protected|static|void|final|override)$/
const DECLARES = /\b(?:def|func|function|fn|fun|class)\s+(?:\([^)]*\)\s*)?(?:\w+\.)?$/
/** `async process(job: Job): Promise<void> {` is no call. */
const DECLARED_BY =
  /^\s*(?:(?:public|private|protected|internal|static|async|override|virtual|final|sealed|readonly|[\w<>[\],.?]+)\s+)*$/
const OPENS_BODY = /^\s*(?::[^;={}()]{1,120}|throws\s[\w\s,.]{1,120})?\s*\{/
const CONTINUES =
  /^\s*(?:\)?\s*\.await\b\s*)?\??\s*(?:\?\.|!\.|\.|->|\?->|::|&\.)\s*([A-Za-z_]\w*[?!]?)/

/** The calls of a region in the order in which they are written; arguments come after what takes them. */
export function chainsIn({
  file,
  start,
  end,
}: Pick<Region, 'file' | 'start' | 'end'>): readonly Chain[] {
  const { code } = quietOf(file)
  const part = code.slice(start, end)
  const found: Chain[] = []
  let skipTo = 0
  for (const match of part.matchAll(HEAD)) {
    if (found.length === MAX_CHAINS) break
    if (match.index < skipTo) continue
    const chain = chainAt(file, code, start + match.index, match[0])
    if (chain === null) continue
    skipTo = match.index + match[0].length
    found.push(chain)
  }
  return found
}

function chainAt(file: CodeFile, code: string, start: number, head: string): Chain | null {
  const parts = head
    .replaceAll(/\[[^\]]*\]/g, '')
    .split(/\?\.|!\.|\.|->|\?->|::|&\./)
    .map((part) => part.trim())
  const last = parts.at(-1) ?? ''
  if (head.endsWith(']')) return null
  const line = code.slice(code.lastIndexOf('\n', start - 1) + 1, start)
  if (DECLARES.test(line)) return null
  if (parts.length === 1 && NO_CALL.test(last)) return null
  const names: string[] = []
  const end = chainEnd(file, code, { start, from: start + head.length }, names, last)
  if (end === null) return null
  const isBare = names.length === 1 && parts.length === 1
  if (isBare && DECLARED_BY.test(line) && OPENS_BODY.test(code.slice(end, end + 200))) return null
  return {
    file,
    start,
    end,
    head: quietOf(file)
      .text.slice(start, start + head.length)
      .replaceAll(/\s+/g, ''),
    names,
    ...placeOf(file, code, start, end),
  }
}

/** Where the last call of a chain ends; null where nothing is called. */
function chainEnd(
  file: CodeFile,
  code: string,
  { start, from }: { readonly start: number; readonly from: number },
  names: string[],
  name: string,
): number | null {
  let end = callEnd(file, code, from, names, name)
  while (end !== null && end - start <= MAX_CHAIN) {
    const next = CONTINUES.exec(code.slice(end, end + 200))
    if (next === null) break
    const member: number = end + next[0].length
    end = callEnd(file, code, member, names, next[1] ?? '') ?? member
  }
  return end
}

/** Where the arguments of a name end; null where it is not called. */
function callEnd(
  file: CodeFile,
  code: string,
  from: number,
  names: string[],
  name: string,
): number | null {
  const opening =
    /^(?:[?!](?=[\s(]|$))?(?:<[\w\s,.[\]<>?:|]{0,120}>|::<[^()]{0,120}>)?[?!]?\(/.exec(
      code.slice(from, from + 200),
    )
  if (opening !== null) {
    names.push(name)
    const close = closing(code, from + opening[0].length - 1)
    return withBlock(file, code, close)
  }
  const block = blockAfter(file, code, from)
  if (block !== null) {
    names.push(name)
    return block
  }
  return file.language === 'ruby' ? rubyEnd(code, from, names, name) : null
}

/** `insert { … }` of Kotlin. */
function blockAfter({ language }: CodeFile, code: string, from: number): number | null {
  if (language !== 'kotlin') return null
  const opening = /^[ \t]*\{/.exec(code.slice(from, from + 10))
  return opening === null ? null : closing(code, from + opening[0].length - 1)
}

function withBlock(file: CodeFile, code: string, end: number): number {
  return blockAfter(file, code, end) ?? end
}

/** Ruby needs no parentheses: `Job.perform_later id`, `head :ok`, `record.failed!`. */
function rubyEnd(code: string, from: number, names: string[], name: string): number | null {
  const rest = code.slice(from, from + 400)
  const mark = /^[?!]/.exec(rest)?.[0] ?? ''
  const takes =
    /^[?!]?[ \t]+(?=[\w:@"'[{*&$ ])(?![|&=]{1,2}[ \t]|(?:if|unless|and|or|do|then|while|in|rescue)\b)/.test(
      rest,
    )
  const before = code.slice(code.lastIndexOf('\n', from - 1) + 1, from)
  const isMember = /\.\w+$/.test(before) || /:[a-z]\w*$/.test(before)
  if (mark === '' && !takes && !isMember) return null
  names.push(`${name}${mark}`)
  return !takes || mark === '?' ? from + mark.length : statementEnd(code, from)
}

/** Where arguments without parentheses end: with their line, or with the next when a comma is last. */
function statementEnd(code: string, from: number): number {
  let depth = 0
  const limit = Math.min(code.length, from + MAX_CHAIN)
  for (let at = from; at < limit; at += 1) {
    const sign = code.charAt(at)
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    const isOver = sign === '\n' && depth === 0 && !/,\s*$/.test(code.slice(from, at))
    if (depth < 0 || isOver) return at
  }
  return limit
}

function closing(code: string, open: number): number {
  const limit = Math.min(code.length, open + 40_000)
  let depth = 0
  for (let at = open; at < limit; at += 1) {
    const sign = code.charAt(at)
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    if (depth === 0) return at + 1
  }
  return limit
}

const FUNCTION_IN =
  /=>\s*\{|\bfunction\b[^{]{0,200}\{|\bfunc\s*\([^{]{0,200}\{|->\s*\{|\|[^|\n]{0,60}\|\s*(?:async\s+move\s*)?\{|\bfn\s*\([^)]*\)\s*=>/

/** A chain's own words: what a function in it does is said by that function. */
function ownText(file: CodeFile, code: string, start: number, end: number): string {
  const { text } = quietOf(file)
  const written = code.slice(start, end)
  const inner = FUNCTION_IN.exec(written)
  const isBlock = file.language === 'ruby' ? /\bdo\b(?:\s*\|[^|]*\|)?\s*$/m.exec(written) : null
  const cut = Math.min(inner?.index ?? MAX_CHAIN, isBlock?.index ?? MAX_CHAIN, MAX_CHAIN)
  return text.slice(start, Math.min(end, start + cut))
}

const BEFORE_ALONE =
  /^(?:(?:await|return|void|go|defer|try!?|yield|co_await|_\s*=|(?:if\s+)?(?:let\s+)?(?:_|\w*[eE]rr|_,\s*\w*[eE]rr|\w+,\s*\w*[eE]rr)\s*:?=|do|then|else|rescue)\s*)*$/

const INTO =
  /([\w$]+)(?:\s*,\s*\w+)?(?:\s*:\s*[\w<>[\]., |]{1,60})?\s*:?=\s*(?:(?:await|try!?|new)\s+)?\(?\s*(?:await\s+)?$/

function placeOf(
  file: CodeFile,
  code: string,
  start: number,
  end: number,
): Pick<Chain, 'text' | 'alone' | 'awaited' | 'outermost' | 'into' | 'isMade'> {
  const lineStart = code.lastIndexOf('\n', start - 1) + 1
  const line = code.slice(lineStart, start)
  const lead =
    /(?:^|[{};]|=>|->|\bdo\b|\belse\b|\bthen\b|\|)\s*([^{};|>]*)$/.exec(line)?.[1] ?? line
  const before =
    code
      .slice(Math.max(0, start - 200), start - (lead.length > 0 ? lead.trimStart().length : 0))
      .trimEnd()
      .at(-1) ?? ''
  const after = /^\s*(.)/.exec(code.slice(end, end + 80))?.[1] ?? ''
  const isArgument =
    lead.trim() === '' &&
    /[(,[=+.?&:]/.test(before) &&
    !(before === ':' && file.language === 'python')
  const isTaken = /[,)\]]/.test(after) && isArgument
  const into = INTO.exec(code.slice(Math.max(0, start - 120), start))
  return {
    into: into?.[1] ?? null,
    isMade: /\bnew\s+$/.test(line),
    text: ownText(file, code, start, end),
    alone: BEFORE_ALONE.test(lead.trim()) && !isArgument,
    awaited:
      /\b(?:await|return|yield)\s*$/.test(line) || /\.await\b/.test(code.slice(end, end + 12)),
    outermost: !isTaken && !/[(,[]\s*(?:await\s+)?$/.test(line),
  }
}
