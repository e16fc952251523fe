import type { Span } from '#core/facts/fact'
import { homesOf } from '#core/inventory/repository-modules'
import type { CallGraph } from '#core/matrix/call-graph'
import { quietOf, type Region, type Role, regionOf } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import type { CodeFile } from '#core/rules/code'
import { importsOf } from '#core/rules/imports'

/** Assignments of one name that are looked at. */
const MAX_ASSIGNMENTS = 6
/** Names in one expression that are followed. */
const MAX_NAMES = 12

/** Words that stand in expressions and name nothing. */
const KEYWORDS: ReadonlySet<string> = new Set(
  'true false null nil None True False undefined this self new await async function return const let var if else for in of not and or is def lambda fn func mut ref out use do end then yield throw raise try catch except finally class static public private protected int string bool float void object Object JSON Math String Number Array Promise process env Date console require import export default from as'.split(
    ' ',
  ),
)

/**
 * Where a name gets its value, as seen from a file: in the function around, in the file, or in the
 * file that it is imported from. Functions and classes count as values.
 */
export function definitionsOf(
  graph: CallGraph,
  file: CodeFile,
  name: string,
  { role, within }: { readonly role: Role; readonly within?: Span },
): readonly Region[] {
  if (KEYWORDS.has(name) || name.length < 2) return []
  const near = within === undefined ? [] : assignmentsIn(file, name, role, within)
  if (near.length > 0) return near
  const here = assignmentsIn(file, name, role, { start: 0, end: file.text.length })
  if (here.length > 0) return here
  const declared = graph.declared(file, name)
  if (declared !== null) return [regionOf(role, declared.file, declared.fact)]
  const imported = importsOf(file).find(({ local }) => local === name)
  if (imported === undefined) return []
  const home = homesOf(file.path, imported.module, file.language)
    .map((path) => graph.code.files.get(path))
    .find((one) => one !== undefined)
  if (home === undefined) return []
  return assignmentsIn(home, imported.name === 'default' ? name : imported.name, role, {
    start: 0,
    end: home.text.length,
  })
}

function assignmentsIn(
  file: CodeFile,
  name: string,
  role: Role,
  { start, end }: Pick<Span, 'start' | 'end'>,
): readonly Region[] {
  const { code } = quietOf(file)
  const pattern = new RegExp(
    `(?<![\\w$])(?:this\\.|self\\.|@|\\$this->|\\$)?${RegExp.escape(name)}\\b[ \\t]*(?:,[ \\t]*\\w+[ \\t]*)?(?::[^=\\n(){}]{1,60})?(?::=|=(?![=>~]))`,
    'g',
  )
  return [...code.slice(start, end).matchAll(pattern)]
    .slice(0, MAX_ASSIGNMENTS)
    .map(({ index }) => statementAt(role, file, start + index))
}

/** The names of variables in an expression, without members and what is called. */
export function namesIn(code: string): readonly string[] {
  const names = new Set<string>()
  for (const [, name = ''] of code.matchAll(
    /(?<![\w$.>])(?:this\.|self\.|@|\$this->|\$)?([A-Za-z_]\w*)(?!\w*\s*[:=(])/g,
  )) {
    if (!KEYWORDS.has(name)) names.add(name)
    if (names.size === MAX_NAMES) break
  }
  return [...names]
}
