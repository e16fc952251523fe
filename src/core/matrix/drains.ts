import type { CallGraph, Declared } from '#core/matrix/call-graph'
import { targetOf } from '#core/matrix/chain-effects'
import { chainsIn } from '#core/matrix/chains'
import type { Moment } from '#core/matrix/moment'
import { quietOf } from '#core/matrix/region'
import { type CodeFile, factsOf } from '#core/rules/code'

/** A function by its place. */
export interface Place {
  readonly file: CodeFile
  readonly start: number
  readonly end: number
}

const WAITING =
  /skip[_ ]?locked|for_?[_ ]?update|pending|\bready\b|queued|unprocessed|waiting|next_attempt|run_at|available_at|processed_?at|\bstate\b|\bstatus\b|\bSKIP\b|not_?processed/i
const READS =
  /\bselect\b|\bfrom\b|\.(?:where|filter\w*|find\w*|Where|order_?[bB]y|OrderBy|all|get|first|First\w*|limit|query\w*|Query\w*|select\w*|fetch\w*|lock\w*|pending|due|unprocessed|ready|objects|createQueryBuilder|findMany|updateMany|scalars?|each|Find|Order)\b|find(?:All|Top|First|By)\w*\(/i
const NO_TABLE =
  /^(?:db|trx|tx|prisma|pool|client|conn|session|execute|query|insert\w*|values|create\w*|save\w*|update\w*|where|self|this|await|new|repository|repo|manager|knex|exec|Exec\w*|objects|Date|String|JSON|Error|now|Repository|event|events|payload|data|body|type|state|status|json|into|from|transaction|atomic|begin|send|fetch|return|const|none|true|false|null|name|message|delivery|received|source|table|orIgnore|onConflict\w*|on_conflict\w*|index_elements|event_id|eventId|pending|Model|context|_context|_db|DB)$/i

/** Who takes rows of a table from it again: the function that reads those which wait. */
export function drainsOf(graph: CallGraph, moment: Moment, handler: Declared): readonly Place[] {
  const { file, offset, text } = moment
  const chain = chainsIn({
    file,
    start: offset,
    end: offset + Math.min(6_000, text.length + 2_000),
  }).find(({ start }) => start === offset)
  const target = chain === undefined ? text : targetOf(chain)
  const owner = (chain?.head ?? '').split(/\.|->|::/).at(-2) ?? ''
  const names = [
    ...new Set(
      [target, ...rowsOf(moment), modelOf(file, owner)].join(' ').match(/[A-Za-z_]\w{3,60}/g),
    ),
  ].filter((one) => !NO_TABLE.test(one) && one !== owner)
  if (names.length === 0) return []
  return waitingIn(graph).filter(
    (one) =>
      !(
        one.file === handler.file &&
        one.start >= handler.fact.start &&
        one.end <= handler.fact.end
      ) && isReader(one, names),
  )
}

/** The classes of rows that were made right before: `new InboxEvent { … }`, `insert(InboxEvent)`. */
function rowsOf({ file, offset }: Moment): readonly string[] {
  const before = quietOf(file).code.slice(Math.max(0, offset - 1_200), offset)
  return [
    ...before.matchAll(
      /\bnew\s+(\w+)|\b(?:insert|add|Add|save|persist)\(\s*([A-Z]\w+)|\b([A-Z]\w+)\s*(?:\(|\{)/g,
    ),
  ].flatMap((match) => match.slice(1).filter((one) => one !== undefined))
}

/** What a repository keeps, by its type: `events: Repository<InboxEvent>`. */
function modelOf(file: CodeFile, owner: string): string {
  const declared = factsOf(file, 'declared-name').find(
    (one) => (one.captures['name'] ?? '').replace(/^[$_@]+/, '') === owner.replace(/^[$_@]+/, ''),
  )
  const type = declared?.captures['type'] ?? ''
  return `${/<([^>]*)>/.exec(type)?.[1] ?? ''} ${type.replace(/(?:Repository|Repo|Store|Dao|Model)$/, '')} ${type}`
}

/** A function that reads what waits. */
interface Waiting {
  readonly file: CodeFile
  readonly start: number
  readonly end: number
  readonly body: string
}

const WAITS = new WeakMap<CallGraph, readonly Waiting[]>()
const MAX_FUNCTION = 20_000

/** The functions that read rows which wait for somebody, innermost ones. */
function waitingIn(graph: CallGraph): readonly Waiting[] {
  const known = WAITS.get(graph)
  if (known !== undefined) return known
  const found = [...graph.code.files.values()].flatMap((file) => {
    const { text } = quietOf(file)
    if (!WAITING.test(text) || !READS.test(text)) return []
    const functions = factsOf(file, 'function')
      .filter(
        ({ captures, start, end }) =>
          captures['form'] === 'function' &&
          captures['name'] !== undefined &&
          end - start < MAX_FUNCTION,
      )
      .map(({ start, end }) => ({ file, start, end, body: text.slice(start, end) }))
      .filter(({ body }) => READS.test(body) && WAITING.test(body))
    return functions.filter(
      (one) =>
        !functions.some(
          (other) => other !== one && other.start >= one.start && other.end <= one.end,
        ),
    )
  })
  WAITS.set(graph, found)
  return found
}

function isReader({ file, body }: Waiting, names: readonly string[]): boolean {
  return names.some((name) => {
    const at = new RegExp(`\\b${RegExp.escape(name)}\\b`).exec(body)
    if (at === null)
      return /^[A-Z]/.test(name) && new RegExp(`<${RegExp.escape(name)}\\b`).test(file.text)
    const near = body.slice(Math.max(0, at.index - 200), at.index + 500)
    const isWritten = /\binsert\s+into\s+\S{0,3}$/i.test(body.slice(0, at.index))
    return READS.test(near) && WAITING.test(near) && !isWritten
  })
}
