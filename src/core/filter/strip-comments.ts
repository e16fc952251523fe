/** Families of languages that write comments alike. */
export type CommentStyle =
  | 'c'
  | 'php'
  | 'hash'
  | 'python'
  | 'ruby'
  | 'hcl'
  | 'sql'
  | 'markup'
  | 'none'

/** What may begin a comment or a string, how block comments end, which strings span lines. */
interface Begins {
  readonly pattern: RegExp
  readonly close: Readonly<Record<string, string>>
  readonly longQuotes: string
}

const SLASH_STAR = { '/*': '*/' }

const BEGINS: Readonly<Record<CommentStyle, Begins | null>> = {
  c: { pattern: /["'`]|\/\/|\/\*/g, close: SLASH_STAR, longQuotes: '`' },
  php: { pattern: /["']|#(?!\[)|\/\/|\/\*/g, close: SLASH_STAR, longQuotes: '' },
  hash: { pattern: /["']|#/g, close: {}, longQuotes: '' },
  python: { pattern: /"""|'''|["']|#/g, close: {}, longQuotes: '' },
  ruby: { pattern: /["']|#|^=begin/g, close: { '=begin': '=end' }, longQuotes: '' },
  hcl: { pattern: /"|#|\/\/|\/\*/g, close: SLASH_STAR, longQuotes: '' },
  sql: { pattern: /["']|--|\/\*/g, close: SLASH_STAR, longQuotes: '' },
  markup: { pattern: /<!--/g, close: { '<!--': '-->' }, longQuotes: '' },
  none: null,
}

/** What is open at the end of a line: a comment or a string, with the text that closes it. */
interface Open {
  readonly kind: 'comment' | 'string'
  readonly close: string
}

/**
 * Blanks comments and keeps strings, so that line N of the result is line N of the text. Good for
 * deciding what a file is about, not for compiling: regular expressions and nested templates are
 * read as code. Linear in the text's length.
 */
export function stripComments(lines: readonly string[], style: CommentStyle): readonly string[] {
  const begins = BEGINS[style]
  if (begins === null) return lines
  let open: Open | null = null
  return lines.map((line) => {
    const read = readLine(line, begins, open)
    open = read.open
    return read.code
  })
}

function readLine(
  line: string,
  begins: Begins,
  before: Open | null,
): { code: string; open: Open | null } {
  let open = before
  let code = ''
  let at = 0
  while (at < line.length) {
    const step: Step = open === null ? begin(line, at, begins) : finish(line, at, open)
    code += step.code
    at = step.at
    open = step.open
  }
  return { code, open: open !== null && runsOn(open, begins) ? open : null }
}

/** What was read of a line up to `at`, and what is open from there on. */
interface Step {
  readonly code: string
  readonly at: number
  readonly open: Open | null
}

/** Reads code up to where a comment or a string begins. */
function begin(line: string, from: number, begins: Begins): Step {
  const { at, after, open } = nextOpening(line, from, begins)
  return { code: line.slice(from, open?.kind === 'string' ? after : at), at: after, open }
}

/** Reads up to where what is open ends, which may be in a later line. */
function finish(line: string, from: number, open: Open): Step {
  const end = closing(line, from, open)
  const code = open.kind === 'string' ? line.slice(from, end ?? line.length) : ''
  return end === null ? { code, at: line.length, open } : { code, at: end, open: null }
}

/** Ordinary strings end with their line, whether they were closed or not. */
const runsOn = ({ kind, close }: Open, { longQuotes }: Begins) =>
  kind === 'comment' || close.length === 3 || longQuotes.includes(close)

/** Index just after the text that closes what is open; null when the line does not close it. */
function closing(line: string, from: number, { kind, close }: Open): number | null {
  if (kind === 'comment' || close.length === 3) {
    const end = line.indexOf(close, from)
    return end < 0 ? null : end + close.length
  }
  for (let at = from; at < line.length; at += 1) {
    if (line[at] === '\\') at += 1
    else if (line[at] === close) return at + 1
  }
  return null
}

interface Opening {
  readonly at: number
  readonly after: number
  readonly open: Open | null
}

/** The next place where a comment or a string begins; a line comment leaves nothing open. */
function nextOpening(line: string, from: number, { pattern, close }: Begins): Opening {
  pattern.lastIndex = from
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const at = match.index
    const [mark] = match
    const after = at + mark.length
    if (LINE_MARKS.has(mark)) {
      if (startsComment(line, at)) return { at, after: line.length, open: null }
    } else if (mark.length === 3 && line.slice(0, at).trim() === '') {
      // A Python string that stands alone on three quotes is a docstring: a comment in effect.
      return { at, after, open: { kind: 'comment', close: mark } }
    } else {
      const end = close[mark]
      return {
        at,
        after,
        open: { kind: end === undefined ? 'string' : 'comment', close: end ?? mark },
      }
    }
  }
  return { at: line.length, after: line.length, open: null }
}

const LINE_MARKS: ReadonlySet<string> = new Set(['//', '#', '--'])

/** `#` within a word, as in `url#part` or `${#list}`, and `//` of a bare `https://` are no comments. */
function startsComment(line: string, at: number): boolean {
  const before = at === 0 ? ' ' : line.charAt(at - 1)
  return line[at] === '#' ? /[\s;{}()]/.test(before) : before !== ':'
}
