import { folderOf, nameOf, type PathIndex } from '#core/filter/path-index'

export type NumberedLine = readonly [number: number | null, text: string]

/** What a class is built on, as the code names it. */
interface Base {
  readonly name: string
  readonly line: number | null
}

/** How languages say what a class extends or implements; each pattern captures the names. */
const HERITAGE: readonly RegExp[] = [
  /\bclass\s+\w+[^{(:]{0,120}?\b(?:extends|implements)\s+([\w\\.<>, ]{1,200})/,
  /\b(?:class|object)\s+\w+\s*(?:\([^)]{0,300}\)\s*)?:\s*([A-Z][\w.<>(), ]{1,200})/,
  /^\s*\)\s*:\s*([A-Z][\w.<>(), ]{1,200})/,
  /^\s*class\s+[\w:]+\s*<\s*(?:::)?([A-Z][\w:]{1,120})/,
  /^\s*class\s+\w+\(([\w., ]{1,200})\)\s*:/,
]
/** What nearly every class of a kind is built on, whatever it does. */
const COMMON =
  /(?:Exception|Error|Event|Model|Record|Entity|Controller|Component|View|Fragment|Activity|Test|TestCase|Command|Enum|Object|Context|Config|Settings|Resource|Request|Response|Repository|Dao)$/

/** What the classes of a file extend or implement, as far as its name may tell anything. */
export function basesOn(lines: readonly NumberedLine[]): readonly Base[] {
  return lines.flatMap(([line, text]) => {
    if (text.length > MAX_LINE || !MAY_DECLARE.test(text)) return []
    const names = HERITAGE.flatMap((pattern) => namesIn(pattern.exec(text)?.[1] ?? ''))
    return names.map((name) => ({ name, line }))
  })
}

/** Whether a text declares a class on top of another one, at a glance. */
export const hasBase = (text: string) =>
  /\bclass\s+[\w:]+[^{}\n]{0,200}(?:\b(?:extends|implements)\s|:\s*[A-Z]|<\s*[A-Z:]|\([A-Z])|^[ \t]*\)\s*:\s*[A-Z]/m.test(
    text,
  )

const MAX_LINE = 500
const MAY_DECLARE = /\bclass\s|\bobject\s|^\s*\)\s*:/

function namesIn(list: string): readonly string[] {
  const plain = list.replaceAll(/<[^<>]*>|\([^()]*\)?/g, '')
  return plain
    .split(/,|\bimplements\b|\bextends\b|\bwith\b/)
    .flatMap((part) => /(\w+)\s*$/.exec(part)?.[1] ?? [])
    .filter((name) => /^[A-Z]\w{3,}$/.test(name) && !COMMON.test(name))
}

/** The file of a base: one that is imported, one beside it, or the only one of that name. */
export function baseFile(
  from: string,
  name: string,
  imported: readonly string[],
  index: PathIndex,
): string | undefined {
  const ending = endingOf(from)
  const known = imported.find((path) => plain(nameOf(path)) === plain(name))
  if (known !== undefined) return known
  const named = index.byName(name).filter((path) => endingOf(path) === ending && path !== from)
  const beside = named.find((path) => folderOf(path) === folderOf(from))
  return beside ?? (named.length === 1 ? named[0] : undefined)
}

const endingOf = (path: string) => path.slice(path.lastIndexOf('.'))
const plain = (name: string) => name.replaceAll(/[-_]/g, '').toLowerCase()
