import type { Request } from '#core/inventory/requests'
import { type CodeFile, isScript } from '#core/rules/code'
import { testsFrom } from '#core/rules/quiet-files'

/** OkHttp's requests are put together by these and sent by `newCall`. */
const OKHTTP_PARTS = /^(?:Request|RequestBody|MultipartBody|FormBody)$/
/** What Faraday's clients are made of: `faraday.request(:retry, …)`. */
const TUNES = /^(?:request|response|use|adapter)$/
/** What fills in something that is handed over later. */
const FILLS = /^(?:(?:put|add|set|with)[A-Z]\w*|build)$/
const FILLED = /(?:Builder|Config|Request|Options|Params|Message|Body|Headers)$/

/** What only makes something here: clients of parts, signed addresses, functions for later. */
const SENDS_NOTHING =
  /^(?:get\w*Client|get_\w+_client|get\w*SignedUrl|generate_presigned_\w+|createFunction|createRequest|release_conn|CloseNow|GetType|CreateCommand|format_url|__a?(?:enter|exit)__|createAuthorizationURL\w*|generate(?:CodeVerifier|State|CodeChallenge)|construct_?Event\w*|verify_?Signature\w*)$/i

/** A field of an answer that is at hand: `$subscription->getId()`. */
const READS_A_FIELD =
  /^get(?:Id|Name|Type|Value|Result|Results|Status|StatusCode|Errors?|Message|Headers?|Body|Amount|Currency|Url|Key|SignatureKey|CreatedAt|UpdatedAt)$/
/** PHP reads files and addresses by the same functions: these are files of the application. */
const OWN_FILE =
  /^\s*(?:\\?(?:base|storage|public|resource|app|config|database)_path\(|__DIR__\b|dirname\(|["'](?:php:\/\/|\.{0,2}\/(?!\/))|sys_get_temp_dir\()/
/** A query of the own database: `$client->invoices()->where('is_deleted', true)->get()`. */
const QUERIES = /^(?:(?:or)?[wW]here\w*|orderBy\w*|with[tT]rashed|latest|oldest|find_by)$/

/** Whether the inventory's request sends nothing here: it is built, or stands in a test. */
export function isNoCall(request: Request, { path, text, language }: CodeFile): boolean {
  const from = testsFrom(path, text)
  if (from !== null && request.fact.line >= from) return true
  // `self::fetch(…)` is a function of one's own: only browsers have one by nature.
  if (request.party.id === 'fetch' && !isScript(language)) return true
  if (SENDS_NOTHING.test(request.steps.at(-1)?.name ?? '')) return true
  if (isReadHere(request)) return true
  if (language === 'ruby') return isTuning(request)
  return (language === 'java' || language === 'kotlin') && isBuilding(request)
}

function isReadHere({ party, steps, args }: Request): boolean {
  const last = steps.at(-1)?.name ?? ''
  if (/^(?:file_get_contents|fopen|file)$/.test(last) && OWN_FILE.test(args[0] ?? '')) return true
  if (args.length === 0 && READS_A_FIELD.test(last)) return true
  return party.kind !== 'provider' && steps.some(({ name }) => QUERIES.test(name))
}

function isTuning({ party, steps, args }: Request): boolean {
  return (
    party.id === 'Faraday' && TUNES.test(steps.at(-1)?.name ?? '') && /^:\w/.test(args[0] ?? '')
  )
}

function isBuilding({ party, steps }: Request): boolean {
  const root = steps[0]?.name ?? ''
  if (party.id === 'okhttp3' && OKHTTP_PARTS.test(root)) return true
  const isFilled = FILLED.test(root) || steps.some(({ name }) => /^(?:b|newB)uilder$/.test(name))
  return isFilled && FILLS.test(steps.at(-1)?.name ?? '')
}
