import type { Request } from '#core/inventory/requests'
import type { CodeFile } from '#core/rules/code'
import { testsFrom } from '#core/rules/quiet-files'

/** OkHttp's requests are put together by these and sent by `newCall`. */
const OKHTTP_PARTS = /^(?:Request|RequestBody|MultipartBody|FormBody)$/
/** What fills in something that is handed over later. */
const FILLS = /^(?:put|add|set|with)[A-Z]\w*$/
const FILLED = /(?:Builder|Config|Request|Options|Params|Message|Body|Headers)$/

/** Whether the inventory's request sends nothing here: it is built, or stands in a test. */
export function isNoCall(
  { party, steps, fact }: Request,
  { path, text, language }: CodeFile,
): boolean {
  const from = testsFrom(path, text)
  if (from !== null && fact.line >= from) return true
  if (language !== 'java' && language !== 'kotlin') return false
  const root = steps[0]?.name ?? ''
  if (party.id === 'okhttp3' && OKHTTP_PARTS.test(root)) return true
  const isFilled = FILLED.test(root) || steps.some(({ name }) => /^(?:b|newB)uilder$/.test(name))
  return isFilled && FILLS.test(steps.at(-1)?.name ?? '')
}
