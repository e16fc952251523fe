import { wordsIn } from '#core/filter/code-vocabulary'
import { isOfAKind, isPartOf, mayBelong } from '#core/filter/family'
import type { Hit } from '#core/filter/hit'
import type { IntegrationModule } from '#core/filter/one-hop'
import { pathHits } from '#core/filter/path-hits'
import { folderOf, nameOf } from '#core/filter/path-index'
import type { Catalog } from '#core/providers/catalog'

/** The files that share a folder with a changed one, as far as they are looked at. */
export interface Fellows {
  readonly folder: string
  readonly paths: readonly string[]
  /** Those that are named after their folder: `acme/acme_client`. */
  readonly namesakes: ReadonlySet<string>
  /** The path of the changed file bears a name that integrations have. */
  readonly named: boolean
  /** No name says anything: many files stand side by side, and what most of them do must tell. */
  readonly crowd: boolean
}

/** Folders that hold only the shapes of what the folder above sends and gets. */
const OF_SHAPES =
  /(?:models?|dtos?|responses?|requests?|types?|schemas?|resources?|contracts?|payloads?|enums?)$/i
/** Words of a folder's name that say what sort of thing is in it, and not what it is about. */
const SORT =
  /^(?:managers?|handlers?|services?|workers?|jobs?|tasks?|support|shared|common|core|util|utils|impl|base|server|client|plugins?|modules?|actions?|data|web|main)$/i
/** As many of a folder's files as show what it is about. */
const MOST_READ = 8
/** Shares of them that must surely speak to another system, or do so at all. */
const LEAST = { sure: 0.2, any: 0.4 }
/** Domains of the program have their one caller too; where no name agrees, more must. */
const LEAST_UNNAMED = { sure: 0.4, any: 0.6 }
/** A crowd is of one kind when nearly all that are read of it call out, half of them surely. */
const LEAST_OF_CROWD = { files: 6, sure: 0.5, any: 0.7 }
/** Where one that is named after the folder is among them, and where only the path says so. */
const NAMESAKE_WEIGHT = 0.47
const NAMED_WEIGHT = 0.42
const CROWD_WEIGHT = 0.46

/**
 * Which neighbours tell what a changed file is: those in a folder for one matter, which either
 * bears a name that integrations have or gives its name to files within it. A folder of shapes of
 * data counts as a part of the one above.
 */
export function fellowsOf(
  changed: readonly string[],
  paths: readonly string[],
  catalog: Catalog,
): ReadonlyMap<string, Fellows> {
  const homes = new Map(changed.filter(isAsked).map((path) => [path, homeOf(path)] as const))
  const above = [...homes.values()].map(folderOf)
  const wanted = new Set([...homes.values(), ...above].filter(isForOneMatter))
  const members = Map.groupBy(
    wanted.size === 0 ? [] : paths.filter((path) => wanted.has(folderOf(path)) && mayBelong(path)),
    folderOf,
  )
  return new Map(
    [...homes].flatMap(([path, home]) => {
      const othersIn = (folder: string) => (members.get(folder) ?? []).filter((one) => one !== path)
      const fellows =
        fellowsIn(home, othersIn(home), path, catalog) ??
        (isPartOf(path)
          ? null
          : (crowdIn(home, othersIn(home)) ?? crowdIn(folderOf(home), othersIn(folderOf(home)))))
      return fellows === null ? [] : [[path, fellows] as const]
    }),
  )
}

/** Types and constants are those of a partner only where a name says so. */
const isAsked = (path: string) => mayBelong(path) || isPartOf(path)

const isForOneMatter = (home: string) => home !== '' && !isOfAKind(home) && !SORT.test(lastOf(home))

function homeOf(path: string): string {
  const folder = folderOf(path)
  return OF_SHAPES.test(nameOf(folder)) ? folderOf(folder) : folder
}

function fellowsIn(
  folder: string,
  others: readonly string[],
  path: string,
  catalog: Catalog,
): Fellows | null {
  const words = wordsIn(lastOf(folder)).filter((word) => word.length > 2 && !SORT.test(word))
  const joint = words.join('')
  const isNamesake = (one: string) => {
    const own = wordsIn(nameOf(one))
    return own.some((word) => words.includes(word)) || own.join('').includes(joint)
  }
  const namesakes = joint === '' ? [] : others.filter(isNamesake)
  const named = pathHits(path, catalog).length > 0
  if (others.length === 0 || (!named && (namesakes.length === 0 || isPartOf(path)))) return null
  const read = [...new Set([...namesakes, ...others])].slice(0, MOST_READ)
  return { folder, paths: read, namesakes: new Set(namesakes), named, crowd: false }
}

/** Files side by side of which each may deal with a system of its own; some from all over are read. */
function crowdIn(folder: string, others: readonly string[]): Fellows | null {
  if (others.length < LEAST_OF_CROWD.files || !isForOneMatter(folder)) return null
  const step = Math.max(1, others.length / MOST_READ)
  const read = Array.from({ length: MOST_READ }, (_, at) => others[Math.floor(at * step)])
  const paths = [...new Set(read.flatMap((path) => path ?? []))]
  return { folder, paths, namesakes: new Set(), named: false, crowd: true }
}

const lastOf = (folder: string) => folder.slice(folder.lastIndexOf('/') + 1)

/** What the fellows of a file say of it, by those of them that are integration code. */
export function fellowHit(
  { folder, paths, namesakes, named, crowd }: Fellows,
  modules: ReadonlyMap<string, IntegrationModule>,
): Hit | null {
  const speaking = paths.filter((path) => modules.get(path)?.byFolder === false)
  const sure = speaking.filter((path) => modules.get(path)?.sure === true)
  const least = named ? LEAST : LEAST_UNNAMED
  const reaches = (some: readonly string[], share: number) => some.length >= paths.length * share
  const isOfOneMatter =
    (sure.length > 0 && reaches(sure, least.sure)) ||
    (speaking.length > 1 && reaches(speaking, least.any))
  const isOfOneKind = reaches(sure, LEAST_OF_CROWD.sure) && reaches(speaking, LEAST_OF_CROWD.any)
  const tells = crowd ? isOfOneKind : isOfOneMatter
  const first = speaking.find((path) => namesakes.has(path)) ?? speaking[0]
  if (!tells || first === undefined) return null
  const unnamed = crowd ? CROWD_WEIGHT : NAMED_WEIGHT
  const because = modules.get(first)?.because ?? 'is integration code'
  return {
    signal: 'path',
    detail: `in folder ${lastOf(folder)} beside ${lastOf(first)}, which ${because}`.slice(0, 200),
    weight: namesakes.has(first) ? NAMESAKE_WEIGHT : unnamed,
    reach: 'file',
    line: null,
    changed: false,
    provider: null,
  }
}
