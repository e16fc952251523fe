import { byteLength } from '#core/text/lines'

/** GitHub's own limit is higher and undocumented; ours leaves room for the markers. Bytes of UTF-8. */
export const MAX_BODY = 60_000

const LEFT_OUT = 'Some of the details did not fit here.'

/**
 * Joins the parts and the last line to a body that GitHub takes. A part that does not fit is left
 * out whole, and that is said: a part that is cut could leave a fence or a fold open, and swallow
 * what follows.
 */
export function fitParts(parts: readonly string[], last = ''): string {
  let free = MAX_BODY - byteLength(last) - byteLength(LEFT_OUT) - 4
  const wanted = parts.filter((part) => part !== '')
  const kept = wanted.filter((part) => {
    const size = byteLength(part) + 2
    if (size > free) return false
    free -= size
    return true
  })
  const said = kept.length < wanted.length ? LEFT_OUT : ''
  return [...kept, said, last].filter((part) => part !== '').join('\n\n')
}
