import type { Fact } from '#core/facts/fact'
import { within } from '#core/facts/scopes'
import { type CodeFile, factsOf, isPython } from '#core/rules/code'
import { withoutComments } from '#core/rules/code-text'
import type { Observation, View } from '#core/rules/observation'

/** A function with all that stands in it, read as text: what is alike in all languages. */
export interface Unit {
  /** The outermost function; null for a script that has none. */
  readonly fact: Fact | null
  readonly name: string
  readonly start: number
  /** Its code without comments, decorators and annotations included. */
  readonly text: string
  /** The code of its class, or else of its file, without comments. */
  readonly around: string
}

/** Longer functions and files are not read, so that no file can cost more. */
const MAX_UNIT = 12_000
const MAX_FILE = 80_000
const MAX_UNITS = 120

const CODE = new WeakMap<CodeFile, string>()
const UNITS = new WeakMap<CodeFile, readonly Unit[]>()

/** What a block of Python begins with is prose, as a comment is. */
const DOCSTRING = /(?<=:[ \t]{0,20}\n[ \t]{0,40})("""|''')[\s\S]*?\1/g

/** The whole file without comments; each character stays at its place. */
export function codeOfFile(file: CodeFile): string {
  const known = CODE.get(file)
  if (known !== undefined) return known
  const bare = withoutComments(file.text, file.language)
  const code = isPython(file)
    ? bare.replace(DOCSTRING, (text) => text.replace(/[^\n]/g, ' '))
    : bare
  CODE.set(file, code)
  return code
}

/** The outermost functions of a file; a script without functions is one by itself. */
export function unitsOf(file: CodeFile): readonly Unit[] {
  const known = UNITS.get(file) ?? readUnits(file)
  UNITS.set(file, known)
  return known
}

function readUnits(file: CodeFile): readonly Unit[] {
  if (file.text.length > MAX_FILE) return []
  const code = codeOfFile(file)
  const all = factsOf(file, 'function')
  const classes = all.filter((one) => one.captures['form'] === 'class')
  const outer: Fact[] = []
  for (const one of all) {
    const last = outer.at(-1)
    if (one.captures['form'] === 'function' && (last === undefined || !within(one, last)))
      outer.push(one)
  }
  if (outer.length === 0)
    return code.length > MAX_UNIT
      ? []
      : [{ fact: null, name: '', start: 0, text: code, around: code }]
  return outer.slice(0, MAX_UNITS).flatMap((fact) => {
    if (fact.end - fact.start > MAX_UNIT) return []
    const start = startOf(code, fact.start)
    const home = classes.findLast((one) => within(fact, one))
    return [
      {
        fact,
        name: fact.captures['name'] ?? fact.scope?.name ?? '',
        start,
        text: code.slice(start, fact.end),
        around: home === undefined ? code : code.slice(home.start, home.end),
      },
    ]
  })
}

/** What stands above a function belongs to it: decorators, annotations, attributes. */
function startOf(code: string, start: number): number {
  const from = Math.max(0, start - 400)
  const above = /(?:^[ \t]*[@#[][^\n]{0,200}\n){1,8}[^\n]{0,120}$/m.exec(code.slice(from, start))
  return above === null ? code.lastIndexOf('\n', start) + 1 : from + above.index
}

/** Some characters of a unit, as a match says them. */
export interface Found {
  readonly 0: string
  readonly index: number
}

/** What a judgement of text shows: the lines of what it found, without what only leads to it. */
export function shownIn(view: View, unit: Unit, found: Found): Observation {
  const { text, lines, path } = view.file
  const lead = /^[\s?&"'`.{(,:;[]*/.exec(found[0])?.[0].length ?? 0
  const start = unit.start + found.index + lead
  const line = text.slice(0, start).split('\n').length
  const snippet = lines[line - 1]?.trim() ?? ''
  const symbol = unit.name || (path.split('/').at(-1) ?? '')
  return {
    line,
    endLine: line + found[0].slice(lead).split('\n').length - 1,
    symbol: unit.name || null,
    range: unit.fact ?? { line, endLine: line },
    provider: null,
    names: { snippet, symbol },
    evidence: [],
  }
}
