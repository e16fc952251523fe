import type { Language } from '#core/facts/fact'
import { withoutComments } from '#core/rules/code-text'

/** What only a list has: asked of the object that an error is, it throws. */
const OF_LISTS =
  'map|forEach|filter|reduce|flatMap|find|findIndex|findLast|some|every|slice|sort|toSorted|join|push|at'

/**
 * Whether the body of an error fails right where it is read: nothing is kept of it, returned or
 * acted on. In Python a field that is not there does, in scripts a field of it or a list's method.
 *
 * @param answer the name of the answer, escaped for a pattern
 */
export function failsByItself(around: string, answer: string, language: Language): boolean {
  const text = withoutComments(around, language)
  const python = language === 'python'
  const read = python ? `${answer}\\.json\\(\\)` : `\\(await\\s+${answer}\\s*\\.\\s*json\\(\\)\\)`
  const all = text.match(
    new RegExp(`\\b${answer}\\s*\\.\\s*(?:json|text|blob|content|headers)\\b`, 'g'),
  )
  const fails = python
    ? `\\[[^\\]\\n]{1,80}\\](?!\\s*=(?!=))`
    : `(?:\\.(?:${OF_LISTS})\\(|(?:\\.\\w{1,40}|\\[\\d{1,4}\\])(?:\\.\\w|\\[))`
  const direct = text.match(new RegExp(`${read}${fails}`, 'g')) ?? []
  if (all !== null && direct.length === all.length) return true
  return all?.length === 1 && firstUseFails(text, answer, fails, python)
}

/** The body has a name, and what it is first used for is what fails. */
function firstUseFails(text: string, answer: string, fails: string, python: boolean): boolean {
  const bound = new RegExp(
    `\\b([A-Za-z_$][\\w$]{0,60})\\s*(?::[^=\\n]{0,80})?=\\s*\\(?(?:await\\s+)?${answer}\\s*\\.\\s*json\\(\\)[^\\n]{0,200}`,
  ).exec(text)
  const [whole, name] = bound ?? []
  if (bound === null || whole === undefined || name === undefined) return false
  const rest = text.slice(bound.index + whole.length)
  const body = RegExp.escape(name)
  const use = new RegExp(`(?<![\\w$.])${body}(?![\\w$])`).exec(rest)
  if (use === null) return false
  const before = rest.slice(Math.max(0, use.index - 40), use.index)
  if (!python && /(?:\bof\s+|\.\.\.)$/.test(before)) return true
  return new RegExp(`^${body}${fails}`).test(rest.slice(use.index, use.index + 200))
}
