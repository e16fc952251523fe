import type { CodeFile } from '#core/rules/code'
import { isPython } from '#core/rules/code'
import { doesWork } from '#core/rules/event-work'

/** A question and a mark that stand apart, with work in between. */
export interface Race {
  readonly look: string
  readonly mark: string
  /** Where both stand in the text. */
  readonly at: number
  readonly markedAt: number
}

/** How a kind of store is asked, and how it is told. `{name}` is the name that was asked. */
interface Ledger {
  readonly look: RegExp
  readonly mark: string
}

/** A statement that asks a table; the table is told by another statement or by a builder. */
const SQL: Ledger = {
  look: /\bselect\s[^;"'`]{1,120}?\sfrom\s+["`]?(\w+)["`]?\s+where\b/gi,
  mark: '\\binsert\\s+(?:ignore\\s+)?into\\s+["`]?{name}\\b|\\b(?:insert|insertInto|into)\\(\\s*["\']{name}["\']',
}
/** Leaves with nothing that came of the question. */
const LEAVES_EMPTY =
  /\b(?:return|continue)\b[ \t]*(?:nil|null|None|false|true|;|\n|\}|[^\n]{0,40}(?:\b20\d\b|[oO][kK]\b|NoContent|noContent|[aA]lready|[dD]uplicate|known))/

const LEDGERS: readonly Ledger[] = [
  {
    look: /\b((?:this\.|self\.)?_?\w*(?:[rR]edis|[cC]ache|\bkv|KV|[vV]alkey|[mM]emcached?))\.(?:get|exists|has)\(/g,
    mark: '{name}\\.(?:set|setex|setEx|put|add)\\(',
  },
  { look: /\bselect\(\s*([A-Z]\w*)(?:\.\w+)?\s*\)/g, mark: '\\.add\\(\\s*{name}\\(' },
  {
    look: /\b([A-Z]\w*)\.(?:findOne|exists|findById|countDocuments)\(/g,
    mark: '\\bnew\\s+{name}\\(',
  },
  {
    look: /\b((?:(?:this|self)\.)?_?\w+)\.(?:has|is|was)_?(?:been_?)?(?:[pP]rocessed|[hH]andled|[sS]een|[dD]uplicate|[aA]lready[pP]rocessed)\w*\(/g,
    mark: '{name}\\.(?:mark|record|remember|add|save|set)_?\\w*\\(',
  },
]

/** What the key or the table has to be about. */
const ABOUT =
  /event|evt|webhook|deliver|notification|message|processed|idempot|dedup|inbox|seen|handled/i
/** Stores of what a person began, such as a sign-in: nobody delivers that twice. */
const OF_PERSON = /session|otp|rate_?limit/i
/** Characters before and after a question in which its key is made and its answer looked at. */
const NEAR = 300

const isOfEvents = (store: string, key: string) => ABOUT.test(key) && !OF_PERSON.test(store)

/** Asks a store whether an event was handled, works, and tells the store only then. */
export function raceOfLedger(file: CodeFile, text: string): Race | null {
  for (const { look, mark } of LEDGERS)
    for (const match of text.matchAll(look)) {
      const name = match[1] ?? ''
      const after = text.slice(match.index)
      const key = text.slice(Math.max(0, match.index - NEAR), match.index + 120)
      if (!isOfEvents(name, key) || isOfOwnList(file, text, match) || !leaves(text, match.index))
        continue
      const marked = new RegExp(mark.replace('{name}', RegExp.escape(name))).exec(after.slice(1))
      if (marked === null || !worksIn(file, afterTheLeaving(after.slice(0, marked.index + 1))))
        continue
      return {
        look: match[0].replace(/\($/, ''),
        mark: marked[0].replace(/^\.|\($/g, '').trim(),
        at: match.index,
        markedAt: match.index + 1 + marked.index,
      }
    }
  return null
}

/**
 * The key is of one of the things that the file itself lists, such as the events of a calendar:
 * nobody delivers those. A list that begins empty is filled with what arrives.
 */
function isOfOwnList({ text: whole }: CodeFile, text: string, look: RegExpExecArray): boolean {
  const asked = text.slice(look.index, look.index + 120)
  const loops = text.slice(0, look.index).matchAll(ROUND)
  return [...loops].some(([, one = '', list = '']) => {
    const listed = new RegExp(
      `^(?:export )?(?:const )?${list}\\b[^=\\n]{0,80}=(?!=)\\s*(\\S[^\\n]*)`,
      'm',
    )
    const begins = listed.exec(whole)?.[1]
    if (begins === undefined || EMPTY.test(begins)) return false
    return new RegExp(`\\b${one}\\b`).test(asked)
  })
}

const ROUND = /\bfor\s*\(?\s*(?:const\s+|let\s+)?(\w{1,60})\s+(?:of|in)\s+(\w{1,60})\s*[):]/g
const EMPTY = /^(?:\[\s*\]|new\b|list\(\)|deque\(|(?:\w{1,40}\.)?Queue\()/

/** The same by statements, in whatever language. */
export function raceOfStatements(text: string): Race | null {
  for (const match of text.matchAll(SQL.look)) {
    const table = match[1] ?? ''
    const after = text.slice(match.index)
    const left = LEAVES_EMPTY.exec(after.slice(0, NEAR + 100))
    if (!ABOUT.test(table) || left === null) continue
    const marked = new RegExp(SQL.mark.replaceAll('{name}', RegExp.escape(table)), 'i').exec(after)
    if (marked === null || !doesWork(after.slice(left.index + left[0].length, marked.index)))
      continue
    return {
      look: match[0].trim(),
      mark: marked[0],
      at: match.index,
      markedAt: match.index + marked.index,
    }
  }
  return null
}

/** Leaves when there is an answer, and not with that answer: then it is a cache. */
function leaves(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at)
  const given = /(\w+)\s*(?::[^=\n]{0,60})?=\s*(?:await\s+)?[^\n]{0,60}$/.exec(line)?.[1]
  const left = /\b(?:return|continue)\b([^\n]{0,120})/.exec(text.slice(at, at + NEAR))
  if (left === null) return false
  return given === undefined || !new RegExp(`\\b${given}\\b`).test(left[1] ?? '')
}

function afterTheLeaving(text: string): string {
  const left = /\b(?:return|continue)\b[^\n]*/.exec(text)
  return left === null ? text : text.slice(left.index + left[0].length)
}

/** Calls that do nothing twice: they write to the log, or only read. */
const HARMLESS =
  /^(?:(?:this|self|await)\.)?_?(?:\w*[lL]og(?:ger|ging)?|console|metrics?|print|JSON|json|span|statsd|tracer)\b|(?:^|\.)_?(?:get|find|load|read|fetch|parse|verify|validate|check|is|has|str|int|Number|String|Decimal|len)(?=[A-Z_(]|$)/

/** Whether code between the question and the mark does something that must not happen twice. */
export function worksIn(file: CodeFile, text: string): boolean {
  const statement = isPython(file)
    ? /(?:^|\n)[ \t]*(?:await\s+)?([A-Za-z_][\w.]*)\(|\.(?:update|save|create|delay)\(/g
    : /\bawait\s+([A-Za-z_$][\w$.]*)\(/g
  return [...text.matchAll(statement)].some(
    ([, callee]) => callee === undefined || !HARMLESS.test(callee),
  )
}
