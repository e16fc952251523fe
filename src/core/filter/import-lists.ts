import type { CodeLine } from '#core/filter/read-lines'
import type { ImportLanguage } from '#core/providers/provider'

/** A list of what is taken from a module, written over several lines. */
interface Form {
  readonly opens: RegExp
  readonly closes: RegExp
  /** Where the module is named: by the line that opens the list or by the one that closes it. */
  readonly named: 'above' | 'below'
}

const FORMS: Readonly<Partial<Record<ImportLanguage, Form>>> = {
  js: {
    opens: /^\s*import\s+(?:type\s+)?(?:[\w$]{1,80}\s*,\s*)?\{[^}]{0,500}$/,
    closes: /\}/,
    named: 'below',
  },
  python: {
    opens: /^\s*from\s+[\w.]{1,200}\s+import\s*\([^)]{0,500}$/,
    closes: /\)/,
    named: 'above',
  },
  rust: {
    opens: /^\s*(?:pub(?:\(\w{1,20}\))?\s+)?use\s+[\w:]{1,200}\{[^;]{0,500}$/,
    closes: /;/,
    named: 'above',
  },
}
/** Longer lists are not closed where it seems. */
const MOST = 80

export interface ImportLists {
  /** All lines; the one that names a module counts as changed where its list is. */
  readonly lines: readonly CodeLine[]
  /** Lines within a list, which only name what is taken. */
  readonly inner: ReadonlySet<CodeLine>
}

/** Finds the lists of imports among lines of code. */
export function importLists(
  lines: readonly CodeLine[],
  language: ImportLanguage | null,
): ImportLists {
  const form = language === null ? undefined : FORMS[language]
  if (form === undefined) return { lines, inner: new Set() }
  const told = [...lines]
  const inner = new Set<CodeLine>()
  for (const [from, to] of listsIn(lines, form)) {
    const list = lines.slice(from, to + 1)
    for (const line of list.slice(1, form.named === 'below' ? -1 : undefined)) inner.add(line)
    const name = form.named === 'above' ? from : to
    const naming = lines[name]
    if (naming && list.some(({ changed }) => changed)) told[name] = { ...naming, changed: true }
  }
  return { lines: told, inner }
}

/** Where lists begin and end. */
function listsIn(lines: readonly CodeLine[], { opens, closes }: Form): readonly [number, number][] {
  const found: [number, number][] = []
  let past = -1
  lines.forEach(({ text }, from) => {
    if (from <= past || !opens.test(text)) return
    const below = lines.slice(from + 1, from + MOST)
    const length = below.findIndex((line) => closes.test(line.text))
    if (length < 0) return
    past = from + 1 + length
    found.push([from, past])
  })
  return found
}
