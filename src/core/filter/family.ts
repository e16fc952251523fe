import { wordsIn } from '#core/filter/code-vocabulary'
import { pathFacts } from '#core/filter/file-kind'
import type { Hit } from '#core/filter/hit'
import { isService } from '#core/filter/known-services'
import { WORDS } from '#core/filter/path-hits'
import { folderOf, nameOf } from '#core/filter/path-index'
import type { Catalog } from '#core/providers/catalog'

/** Files or folders side by side, among which enough are named after other systems. */
interface Family {
  readonly known: readonly string[]
}

/** Few that are named so make a family where they are many of all, many where they are not. */
const FEW = { known: 3, share: 0.2 }
const MANY = { known: 5, share: 0.07 }
/** Where programs keep all that is of one kind, whatever it is about. */
const OF_A_KIND =
  /^(?:models?|controllers?|services?|api|livewire|components?|views?|pages?|icons?|logos?|images?|assets|utils?|helpers?|lib|libs|src|app|apps|pkg|internal|core|common|domain|db|database|migrations?|entit(?:y|ies)|dtos?|types|schemas?|routes?|config|settings|initializers|docs?|tests?|specs?|packages|commands?|scripts?|examples?|templates?|[\w-]*logos?|[\w-]*icons?)$/i
const WEIGHT = 0.5

/**
 * What the neighbours of changed code say: in a folder of adapters each is named after the system
 * that it speaks to, so that one of them need not be named after one that we know.
 */
export function familyHits(
  changed: readonly string[],
  paths: readonly string[],
  catalog: Catalog,
): ReadonlyMap<string, Hit> {
  const candidates = changed.filter((path) => mayBelong(path) || isInOwnFolder(path))
  const families = familiesOf(candidates, paths, catalog)
  return new Map(
    candidates.flatMap((path) => {
      const folders = isInOwnFolder(path) ? foldersOf(path).slice(1) : foldersOf(path)
      const family = folders.flatMap((folder) => families.get(folder) ?? [])[0]
      return family === undefined ? [] : [[path, hitOf(family)] as const]
    }),
  )
}

/** Whether a path names code whose neighbours tell what it is: no tests, no pages, no settings. */
export function mayBelong(path: string): boolean {
  const { kind, test, stand, migration, browser, catchAll } = pathFacts(path)
  return kind === 'source' && !(test || stand || migration || browser || catchAll)
}

/** What an adapter with a folder of its own keeps beside its client. */
const PART = /^(?:constants?|types|models?|errors?|config|settings|main)$/i

/** A file that declares what an adapter is and what it is set by. */
const MANIFEST =
  /(?:^|\/)(?:definition|manifest|meta(?:data)?|plugin|connector|integration|provider|spec)\.(?:json|ya?ml|toml|xml)$/i

function isManifest(path: string): boolean {
  const { kind, test, stand } = pathFacts(path)
  return kind === 'configuration' && !(test || stand) && MANIFEST.test(path)
}

const isInOwnFolder = (path: string) => isPartOf(path) || isManifest(path)

export function isPartOf(path: string): boolean {
  const { kind, test, stand, migration, browser, catchAll } = pathFacts(path)
  const plain = kind === 'source' && !(test || stand || migration || browser)
  return plain && catchAll && PART.test(nameOf(path))
}

/** The folder of a file, and the one above, where each system may have a folder of its own. */
const foldersOf = (path: string): readonly string[] =>
  [folderOf(path), folderOf(folderOf(path))].filter((folder) => folder !== '')

function familiesOf(
  changed: readonly string[],
  paths: readonly string[],
  catalog: Catalog,
): ReadonlyMap<string, Family> {
  const wanted = new Set(changed.flatMap(foldersOf).filter((folder) => !isOfAKind(folder)))
  if (wanted.size === 0) return new Map()
  const members = new Map<string, Set<string>>()
  for (const path of paths) {
    const [own = '', above = ''] = foldersOf(path)
    if (!(wanted.has(own) || wanted.has(above)) || !mayBelong(path)) continue
    if (wanted.has(own)) add(members, own, nameOf(path))
    if (wanted.has(above)) add(members, above, own.slice(above.length + 1))
  }
  return new Map([...members].flatMap(([folder, names]) => familyOf(folder, [...names], catalog)))
}

/** Whether a folder holds all that is of one kind, whatever it is about. */
export const isOfAKind = (folder: string) => OF_A_KIND.test(nameOf(folder))

function add(table: Map<string, Set<string>>, key: string, name: string): void {
  table.set(key, (table.get(key) ?? new Set()).add(name))
}

function familyOf(
  folder: string,
  names: readonly string[],
  catalog: Catalog,
): readonly (readonly [string, Family])[] {
  const known = [...new Set(names.flatMap((name) => systemOf(name, catalog) ?? []))]
  const makes = ({ known: least, share }: typeof FEW) =>
    known.length >= least && known.length >= names.length * share
  return makes(FEW) || (makes(MANY) && !isOneKind(names)) ? [[folder, { known }]] : []
}

/** Things of one kind of the program's own, such as `delay_agent` and `slack_agent`. */
function isOneKind(names: readonly string[]): boolean {
  const lasts = Map.groupBy(names, (name) => wordsIn(name).at(-1))
  return [...lasts.values()].some(({ length }) => length * 2 > names.length)
}

/** The system that a short name is that of: `big_query`, `SlackNotifier`. */
function systemOf(name: string, catalog: Catalog): string | null {
  const words = wordsIn(name)
  if (words.length === 0 || words.length > 3) return null
  const [first = '', second = ''] = words
  const whole = [first + second, first].filter((word) => word.length > 2 && !WORDS.has(word))
  for (const word of whole) {
    const id = catalog.byName(word)
    if (id !== null) return id
  }
  return whole.find(isService) ?? null
}

function hitOf({ known }: Family): Hit {
  const detail = `beside ${known.slice(0, 3).join(', ')}`
  return {
    ...{ signal: 'path', detail, weight: WEIGHT, reach: 'file' },
    ...{ line: null, changed: false, provider: null },
  }
}
