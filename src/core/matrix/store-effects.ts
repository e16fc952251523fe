import { isReading } from '#core/matrix/chain-words'
import type { Chain } from '#core/matrix/chains'
import { isWriting, REDIS, STORES } from '#core/matrix/store-words'

/** What a chain does to a store, and whether it keeps more than an id. */
export interface StoreEffect {
  readonly kind: 'claim' | 'release' | 'store'
  readonly carries: boolean
}

const DELETES_SQL = /\bdelete\s+from\b|\bDelete(?:Item)?Command\b/i
const DELETES =
  /^(?:delete\w*|destroy\w*!?|remove\w*|Delete\w*|Remove\w*|del|Del|forget|release\w*|unclaim\w*|unlink)$/
const CLAIM_NAMES =
  /^(?:setnx|SetNX|set_nx|setIfAbsent|putIfAbsent|put_if_absent|onConflictDoNothing|on_conflict_do_nothing|orIgnore|insertIgnore\w*|insertOrIgnore|insert_ignore|insert_conflict|orDoNothing|get_or_create|find_or_create_by!?|create_or_find_by!?|first_?or_?create!?|FirstOrCreate|createOrFirst|create_or_first|firstOrCreate|findOrCreate|LoadOrStore|TryAdd\w*)$/
const CLAIM_TEXT =
  /\bon\s+conflict\b[^;]{0,160}\bdo\s+nothing\b|\bon\s+conflict\b[^;]{0,200}\bdo\s+update\b[^;]{0,200}\bwhere\b|\binsert\s+(?:or\s+)?ignore\b|\bon\s+conflict\s*\(?[^;]{0,80}$|\bwhere\s+not\s+exists\b|\bskipDuplicates\s*:\s*true|\bignore_conflicts\s*=\s*True|["']NX["']|\bnx\s*[=:]\s*true|\bNX\s*:\s*true|\battribute_not_exists\b|\bunless_exist:\s*true|\bWhen\.NotExists\b|\bIF NOT EXISTS\b|\bunique_by\b|\bwhen\s+not\s+matched\b|Precondition\w*\s*[:=(]{1,2}\s*(?:does_?[nN]ot_?[eE]xist|exists\s*[:=]\s*false)|\bIf-?None-?Match\b|DoNothing:\s*true|\.onConflict\([^)]*\)\s*\.ignore\(|on_duplicate_key_ignore|ON DUPLICATE KEY UPDATE\s+\w+\s*=\s*\w+\s*$/i
const CACHE_ADD = /(?:^|[.:_])(?:cache|Cache)(?:\.|::|->)add$|(?:^|\.)cache\.(?:add|set_add)$/
/** A function of this name takes an event for itself. */
const CLAIM_CALL =
  /^(?:(?:try_?)?claim\w*|(?:try_?)?reserve(?:_?(?:event|delivery|webhook|message|key|id))?\w*|mark_?once|first_?time\w*|first_?seen\w*|try_?acquire\w*|remember_?once|record_?once|insert_?once|register_?once|is_?first\w*|try_?(?:insert|record|register|mark|begin|start)\w*|record_?if_?new|insert_?if_?(?:new|absent)|add_?if_?absent|create_?if_?absent)$/i
const CARRIES =
  /\b(?:payload|raw_?\w*|raw[A-Z]\w*|body|content|contents|json|Json|JSON|serialized|blob|data_json|bytes|message_body|MessageBody|stringify|json_encode|dumps|to_json|Marshal|snapshot|details|attributes)\b|\bdata\b(?!\s*:\s*\{)|\w+(?:Payload|Body|Json|JSON|Data)\b|_(?:payload|body|json|data)\b|(?:^|[(,{\s=])(?:event|message|notification|delivery|evt|msg)\s*[,)}\]]/
/** A statement that is put together here and run elsewhere is no statement yet. */
const BUILDS = /^(?:insert|pg_insert|update|select|sa\.insert|sqlalchemy\.insert)$/
const RUNS_BUILT = /^(?:execute|exec|run|scalars?|Exec\w*|query)$/

/**
 * What a chain does to a store: null where it does nothing to one, `[]` where it does nothing that
 * matters.
 *
 * @param around what was put together before and is stored by it
 */
export function storeEffectsOf(chain: Chain, around: string): readonly StoreEffect[] | null {
  const { text, names, head } = chain
  if (isBuilt(chain)) return []
  const isCache = REDIS.test(head) || CACHE_ADD.test(head)
  const isClaim = takesOne(chain, around)
  if (isClaim && isCache) return [{ kind: 'claim', carries: false }]
  const deletes = DELETES_SQL.test(text) || names.some((name) => DELETES.test(name))
  if (deletes) return isStoreOf(chain) ? [{ kind: 'release', carries: false }] : null
  if (!isWriting(chain) && !isClaim) return byName(chain)
  const carries = isWhole(text) || isWhole(around)
  if (isClaim) return [{ kind: 'claim', carries }]
  return isCache ? [] : [{ kind: 'store', carries }]
}

function isBuilt({ head, names }: Chain): boolean {
  return BUILDS.test(head) || (names.length === 1 && names[0] === 'prepare')
}

/** Only the first of two succeeds. */
function takesOne({ text, names, head }: Chain, around: string): boolean {
  const runsBuilt = RUNS_BUILT.test(names[0] ?? '')
  return (
    names.some((name) => CLAIM_NAMES.test(name)) ||
    CLAIM_TEXT.test(runsBuilt ? `${text}\n${around}` : text) ||
    (runsBuilt &&
      /\bon_conflict_do_nothing\(|\.prefix_with\(["']IGNORE/i.test(`${text}\n${around}`)) ||
    CACHE_ADD.test(head)
  )
}

function byName(chain: Chain): readonly StoreEffect[] | null {
  return chain.names.some((name) => CLAIM_CALL.test(name)) && !isReading(chain)
    ? [{ kind: 'claim', carries: CARRIES.test(chain.text) }]
    : null
}

/** Whether more than an id is written. A member of the event is no event: `payload.event_id`. */
function isWhole(text: string): boolean {
  const columns = COLUMNS.exec(text)?.[1]
  if (columns !== undefined) return WHOLE_COLUMN.test(columns)
  return CARRIES.test(
    text.replaceAll(
      /\$?\b\w+(?:\??\.|\??->|\[["'])(\w+)["']?\]?(?![\w(])/g,
      (whole, member: string) => (CARRIED.test(member) ? whole : ''),
    ),
  )
}

/** What a statement of SQL names is what it keeps, whatever its values are called. */
const COLUMNS = /\binsert\s[^()]{1,120}\(([^()]{1,600})\)\s*(?:values|select|output|overriding)\b/i
const WHOLE_COLUMN =
  /payload|\braw|body|content|json|blob|data|snapshot|details|attributes|\bmessage\b/i
const CARRIED = /^(?:payload|body|data|raw\w*|json|content|resource|object|attributes|details)$/i

function isStoreOf({ head, text, names }: Chain): boolean {
  if (names.includes('new')) return false
  const isEvent = /event|delivery|claim|record|entry|lock/i.test(head)
  return DELETES_SQL.test(text) || STORES.test(head) || REDIS.test(head) || isEvent
}
