import type { CodeFile } from '#core/rules/code'

/** What a name is given by a call or by another name: `client = stripe`, `s3, err := newClient(…)`. */
export interface Assignment {
  /** As written: `this.client`, `$this->client`, `client`. */
  readonly left: string
  /** The names on the right, without what follows them: `billing.getStripe`. */
  readonly right: string
  readonly called: boolean
  /** The beginning of what the call is given. */
  readonly args: string
}

/** How a file gives values to names; read once, however often it is asked. */
export interface Assignments {
  readonly list: readonly Assignment[]
  /** What a plain name is given, up to the end of the line, one for each time. */
  valuesOf(name: string): readonly string[]
}

/** Every part is bounded and starts where a name starts, so that a hostile line costs its length. */
const NAMES =
  /(?<![\w.$@>-])([\w.$@>-]{1,80})(?:[ \t]{0,8},[ \t]{0,8}\w{1,40})?\s{0,20}:?=(?![=>])\s{0,40}(?:await\s{1,20})?(?:new\s{1,20})?([A-Za-z_$@][\w$@.>:?-]{0,120})[ \t]{0,8}(\([^\n]{0,120}|;|\n|\?\?|\|\||$)/g
const VALUES =
  /(?<![\w$.])([A-Za-z_$][\w$]{0,80})\s{0,20}(?::[^=\n]{1,60})?=(?![=>])([^\n]{0,400})/g
/** More than this in one file is data. */
const MAX_ASSIGNMENTS = 5_000
const MAX_TEXT = 300_000

const READ = new WeakMap<CodeFile, Assignments>()

/** The assignments of a file. */
export function assignmentsOf(file: CodeFile): Assignments {
  const known = READ.get(file)
  if (known !== undefined) return known
  const text = file.text.slice(0, MAX_TEXT)
  const list: Assignment[] = []
  for (const [, left = '', right = '', end = ''] of text.matchAll(NAMES)) {
    if (list.length === MAX_ASSIGNMENTS) break
    list.push({ left, right, called: end.startsWith('('), args: end.slice(1) })
  }
  const values = new Map<string, string[]>()
  let count = 0
  for (const [, name = '', value = ''] of text.matchAll(VALUES)) {
    count += 1
    if (count > MAX_ASSIGNMENTS) break
    const given = values.get(name) ?? []
    given.push(value.trim())
    values.set(name, given)
  }
  const read: Assignments = { list, valuesOf: (name) => values.get(name) ?? [] }
  READ.set(file, read)
  return read
}
