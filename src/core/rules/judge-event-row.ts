import type { Fact } from '#core/facts/fact'
import { type CodeFile, factsOf } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import { annotationsBefore, doesWork, TOGETHER } from '#core/rules/event-work'
import type { Observation, View } from '#core/rules/observation'
import { observe } from '#core/rules/observe'

/** Names under which code keeps which events it has taken. */
const LEDGER =
  '\\w{0,40}(?:event|webhook|hook|deliver|notification|message|processed|idempot|dedup|receipt|seen|handled|known)\\w{0,40}'
/** A row that only one delivery can add, and the answer says whether it did. */
const ADDS = new RegExp(
  [
    `\\binsert\\s+into\\s+["\`]?(?:\\w+\\.)?${LEDGER}["\`]?[^;]{0,300}?on\\s+conflict\\b[^;]{0,60}?\\bdo\\s+nothing`,
    `\\binsert\\s+(?:or\\s+)?ignore\\s+into\\s+["\`]?${LEDGER}`,
    `\\b${LEDGER}(?:::|\\.|->)(?:objects\\.)?(?:query\\(\\)->)?(?:get_or_create|firstOrCreate|createOrFirst|insertOrIgnore|insert_?ignore|insert_if_absent|add_if_absent|addIfAbsent|insertIfAbsent|saveIfAbsent|findOrCreate|create_or_find_by!?|find_or_create_by!?)\\b`,
    `\\b${LEDGER}\\.createMany\\((?=[^;]{0,300}skipDuplicates)`,
  ].join('|'),
  'gi',
)
/** A row that fails when it is there, and the failure ends the work. */
const FAILS = new RegExp(
  `(?<!(?:stripe|client|api|sdk|gateway)\\.[\\w.]{0,40})\\b${LEDGER}(?:::|\\.)(?:objects\\.)?(?:create!?|save|insert)\\b|\\binsert\\s+into\\s+["\`]?${LEDGER}|\\.add\\(\\s*${LEDGER}\\(|\\b(?:save|add|persist|insert)\\w*\\(\\s*(?:new\\s+)?${LEDGER}`,
  'gi',
)
const IS_THERE =
  /\b(?:IntegrityError|UniqueViolation\w*|RecordNotUnique|DuplicateKey\w*|UniqueConstraint\w*|DataIntegrityViolation\w*|DbUpdateException|ConflictException|P2002|23505|11000|ER_DUP_ENTRY|ErrDuplicatedKey|is_?(?:unique|duplicate)\w*)\b/i
/** The row says more than that it was taken: what arrived, or how far it came. */
const SAYS_MORE =
  /\b(?:payload|raw_?\w*|body|state|status|attempts?|processed_?at|completed_?at|finished_?at|handled_?at|locked_?until|outbox)\b/i
/** The row is taken back, or only a row that is done counts. */
const TAKEN_BACK =
  /\b(?:del|(?:delete|remove|destroy|release|forget|unclaim|unmark|rollback|undo|discard)\w*)!?\s*\(|\bdelete\s+from\b|\bfinally\b|\bensure\b|\bdefer\s+func\b|\b(?:mark|set)_?(?:as_?)?(?:done|processed|completed?|finished|handled|failed)|\b(?:status|state)\b\W{1,6}["':](?:done|processed|completed?|finished|failed)\b|\.(?:destroy|delete|discard)!?(?=\s|$)/im
/** What was added before is kept only now. */
const COMMITS = /\.(?:commit|Commit|SaveChanges\w*)\(/
/** Nothing is lost where the rest of the work is the answer. */
const LEAVES = /\b(?:return|continue|break|head)\b[^\n]{0,160}/
const ASKS = /\b(?:if|unless|when|guard|abort_if|throw_if)\b/
const MAX_FUNCTION = 12_000
const MAX_CLAIM = 500
const MAX_STATEMENT = 200
/** Helpers of one file that take events. */
const MAX_CLAIMS = 5

/** Events whose row stays when the work on them fails: the next delivery finds it and leaves. */
export function rowsKeptOnFailure(view: View): readonly Observation[] {
  const { file } = view
  if (!new RegExp(LEDGER, 'i').test(file.text)) return []
  const code = withoutComments(file.text, file.language)
  const functions = functionsOf(file)
  const claims = functions.filter((one) => isClaimFunction(code, one)).slice(0, MAX_CLAIMS)
  return functions.flatMap((around) => {
    const text = code.slice(around.start, around.end)
    const found = claimIn(
      text,
      claims.filter((one) => one !== around),
    )
    if (found === null || !isBurned(code, around, text, found)) return []
    const line = file.text.slice(0, around.start + found.at).split('\n').length
    return [
      observe(view, around, {
        line,
        endLine: line,
        range: around,
        symbol: around.captures['name'] ?? null,
        names: { claim: found.what },
      }),
    ]
  })
}

interface Claim {
  readonly at: number
  /** Where the work begins, when the row was new. */
  readonly from: number
  /** Where it ends, when that is before the end of the function. */
  readonly until?: number
  readonly what: string
}

function functionsOf(file: CodeFile): readonly Fact[] {
  return factsOf(file, 'function').filter(
    ({ captures, start, end }) => captures['form'] === 'function' && end - start < MAX_FUNCTION,
  )
}

/** A helper that adds the row and says whether it was new. */
function isClaimFunction(code: string, one: Fact): boolean {
  const text = code.slice(one.start, one.end)
  if (text.length > 2_000 || !/^\w+$/.test(one.captures['name'] ?? '')) return false
  if (TOGETHER.test(text) || TAKEN_BACK.test(text.replace(/rollback\w*\(/g, ''))) return false
  const rows = [...text.matchAll(ADDS), ...(IS_THERE.test(text) ? text.matchAll(FAILS) : [])]
  return rows.some(({ index }) => !SAYS_MORE.test(text.slice(index, index + MAX_STATEMENT)))
}

function claimIn(text: string, claims: readonly Fact[]): Claim | null {
  for (const { captures } of claims) {
    const called = new RegExp(
      `\\bif\\b[^\\n]{0,40}(?:!|\\bnot\\b|\\bunless\\b)[^\\n]{0,40}\\b${captures['name']}\\(|\\bunless\\s+${captures['name']}\\b|:?=\\s*(?:await\\s+)?(?:this\\.|self\\.|\\$this->|\\w\\.)?${captures['name']}\\(`,
    ).exec(text)
    if (called !== null) return claimAt(text, called.index, captures['name'] ?? '')
  }
  for (const match of text.matchAll(ADDS)) {
    const near = text.slice(match.index, match.index + MAX_CLAIM)
    if (SAYS_MORE.test(near.slice(0, LEAVES.exec(near)?.index ?? MAX_CLAIM))) continue
    return claimAt(text, match.index, nameOf(match[0]))
  }
  return failingIn(text)
}

/** `create!` with a rescue for the second one: what stands after it in the same block is the work. */
function failingIn(text: string): Claim | null {
  if (!IS_THERE.test(text)) return null
  for (const match of text.matchAll(FAILS)) {
    const near = text.slice(match.index, match.index + MAX_CLAIM)
    const end = statementEnd(near)
    if (SAYS_MORE.test(near.slice(0, Math.max(end, 120)))) continue
    const rescue = /\n[ \t]*(?:\}?\s*catch\b|except\b|rescue\b)/.exec(near)
    const left = rescue === null ? null : LEAVES.exec(near.slice(rescue.index))
    const place = { at: match.index, what: nameOf(match[0]) }
    // Where the rescue leaves, the work stands after it; where it swallows, before it.
    if (rescue !== null && left !== null)
      return { ...place, from: match.index + rescue.index + left.index + left[0].length }
    const from = match.index + statementEnd(near)
    const until = rescueIn(text, from)
    return until === -1 ? null : { ...place, from, until }
  }
  return null
}

function rescueIn(text: string, from: number): number {
  const found = /\n[ \t]*(?:\}?\s*catch\b|except\b|rescue\b)/.exec(text.slice(from))
  return found === null ? -1 : from + found.index
}

/** Where the brackets that a statement opens are closed again. */
function statementEnd(text: string): number {
  let depth = 0
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1
    else if (text[at] === ')') depth -= 1
    if (text[at] === '\n' && depth <= 0) return at
  }
  return text.length
}

function claimAt(text: string, at: number, what: string): Claim | null {
  const near = text.slice(at, at + MAX_CLAIM)
  const left = LEAVES.exec(near)
  // Whether the row was new has to be asked: before the claim on its line, or after it.
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  if (left === null || !ASKS.test(`${line}${near.slice(0, left.index + left[0].length)}`))
    return null
  const from = at + left.index + left[0].length
  const until = rescueIn(text, from)
  return { at, from, what, ...(until === -1 ? {} : { until }) }
}

function nameOf(written: string): string {
  return (
    new RegExp(`(?:into\\s+["\`]?(?:\\w+\\.)?)?(${LEDGER}(?:(?:::|\\.|->)\\w+)*!?)`, 'i').exec(
      written,
    )?.[1] ?? 'the row'
  )
}

/** After the claim comes work that is in no transaction with it, and nothing takes the row back. */
function isBurned(code: string, around: Fact, text: string, { at, from, until }: Claim): boolean {
  const head =
    annotationsBefore(code, around.start) +
    code
      .slice(Math.max(0, around.start - MAX_STATEMENT), around.start)
      .split('\n')
      .slice(-2)
      .join('\n')
  if (TOGETHER.test(`${head}${text}`) || TAKEN_BACK.test(text.slice(at))) return false
  const name = around.captures['name'] ?? ''
  const caller =
    /^\w+$/.test(name) &&
    new RegExp(
      `(?:transaction|atomic|[iI]nTx|withTx|\\btx\\b)[^\\n]{0,80}\\n?[^\\n]{0,160}\\b${name}\\b`,
      'i',
    ).test(code)
  // What is added to a session is one with the work until it is committed.
  const ofClass = /@Transactional[^\n]{0,80}\n(?:[ \t]*@[^\n]*\n){0,6}[^\n]*\bclass\b/.test(code)
  const rest = text.slice(from, until)
  const later = COMMITS.test(rest) && !COMMITS.test(text.slice(0, from))
  return !caller && !ofClass && !later && doesWork(rest)
}
