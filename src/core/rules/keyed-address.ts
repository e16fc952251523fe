import type { Fact } from '#core/facts/fact'
import { factsOf, surroundings } from '#core/rules/code'
import type { View } from '#core/rules/observation'
import { assignedTo } from '#core/rules/scope-text'

/** Parameters of an address by which a caller says who it is. */
const PARAMETER = '(?:api_?key|key|app_?id|(?:access_?|api_?|auth_?)?token|secret|password)'
/** A value that is called a credential, and no place in a list. */
const VALUE =
  '(?![^\\n]{0,40}(?:page|cursor|sync|next|public|site|sort|cache))[^\\n]{0,60}(?:key|token|secret|password)'
/** An address with a credential in its query: `?key=${config.key}`, `&token={settings.TOKEN}`. */
const IN_TEXT = new RegExp(`[?&]${PARAMETER}=\\$?\\{${VALUE}[^}\\n]{0,30}\\}`, 'i')
/** The same, put there one by one or as an object. */
const SET = `\\.searchParams\\.(?:set|append)\\(\\s{0,20}["'\`]${PARAMETER}["'\`]\\s{0,3},\\s{0,20}${VALUE}`
const AS_OBJECT = new RegExp(
  `\\bURLSearchParams\\(\\s{0,20}\\{[^{}]{0,400}?["']?\\b${PARAMETER}["']?\\s{0,3}:\\s{0,3}${VALUE}`,
  'i',
)
/** Characters of what an address is given that are read. */
const MAX_GIVEN = 600

/** Whether a name stands for an address in which a credential of this service travels. */
export function isKeyedAddress(view: View, fact: Fact, value: string): boolean {
  const { file } = view
  const name = /^([A-Za-z_$][\w$]{1,40})(?:\.href|\.toString\(\))?$/.exec(value)?.[1]
  if (name === undefined) return false
  const around = surroundings(file, fact)
  if (new RegExp(`\\b${RegExp.escape(name)}${SET}`, 'i').test(around)) return true
  return assignedTo(around, name).some((written) => {
    const given = written.slice(0, MAX_GIVEN)
    if (IN_TEXT.test(given)) return true
    const params = /\?\$\{(\w{1,40})(?:\.toString\(\))?\}/.exec(given)?.[1]
    if (params !== undefined && assignedTo(around, params).some((one) => AS_OBJECT.test(one)))
      return true
    return isKeyedBy(view, /^(?:await\s+)?(?:this\.)?(\w{2,60})\(/.exec(given)?.[1])
  })
}

/** Whether a function of this file makes such an address. */
function isKeyedBy({ file }: View, name: string | undefined): boolean {
  if (name === undefined) return false
  return factsOf(file, 'function').some(
    ({ captures, text }) =>
      captures['form'] === 'function' &&
      captures['name'] === name &&
      (IN_TEXT.test(text) || new RegExp(SET, 'i').test(text)),
  )
}
