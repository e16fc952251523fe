/**
 * Folders into which Python libraries are copied, and the name of what lies in them. Code of one's
 * own may lie there too, so a name proves nothing by itself.
 */
const KEPT =
  /^((?:[^/]+\/){0,4}?(?:libs?|external|ext|extern|3rdparty|contrib|deps)\/)(\w+)(?:\.py$|\/)/
/** What says which distributions a repository needs, and which it is itself. */
const NEEDED = ['requirements.txt', 'pyproject.toml', 'setup.py', 'setup.cfg'] as const
/** Libraries that are asked about in one change. */
const MAX_LIBRARIES = 40

const VERSION = /^[ \t]*(?:__version__|version|VERSION)\s*=|^[ \t]*from\s.{1,200}\b__version__/m
const LICENCE =
  /__licen[sc]e__|__copyright__|:licen[sc]e:|:copyright:|licensed under|copyright\s(?:\(c\)|©|\d{4})/i

/** A package or module that may be somebody else's, and the file in which it says so. */
export interface Library {
  readonly name: string
  /** Of all its files' paths, the beginning. */
  readonly prefix: string
  readonly folder: string
  readonly face: string
}

/** What nobody writes himself: where these lie, libraries are copied. */
const KNOWN = ['requests', 'urllib3', 'certifi', 'idna', 'chardet', 'dateutil'].map(
  (name) => `${name}/__init__.py`,
)
const PROVEN_BY = 3

/** The paths that are read at base to tell copies from code of one's own. */
export function proofsOf(libraries: readonly Library[]): readonly string[] {
  const beside = new Set(libraries.map(({ folder }) => folder))
  const known = [...beside].flatMap((folder) => KNOWN.map((path) => folder + path))
  return [...new Set([...NEEDED, ...known, ...libraries.map(({ face }) => face)])]
}

/** What lies in folders of libraries among these paths. */
export function librariesAmong(paths: readonly string[]): readonly Library[] {
  const found = new Map<string, Library>()
  for (const path of paths) {
    const match = path.endsWith('.py') ? KEPT.exec(path) : null
    const [whole, folder, name] = match ?? []
    if (whole === undefined || folder === undefined || name === undefined) continue
    const isModule = whole === path
    const prefix = isModule ? path : `${folder}${name}/`
    found.set(prefix, { name, prefix, folder, face: isModule ? path : `${prefix}__init__.py` })
  }
  return [...found.values()].slice(0, MAX_LIBRARIES)
}

/**
 * Which libraries are copies of somebody else's: the repository declares that it needs a
 * distribution of that name, or the package states a version and a licence of its own while the
 * repository builds nothing of that name. Beside well-known libraries a version is enough.
 *
 * @param base texts at base; the head's could hide its own files
 */
export function copiedAmong(
  libraries: readonly Library[],
  base: ReadonlyMap<string, string>,
): readonly string[] {
  const needed = base.get('requirements.txt') ?? ''
  const built = NEEDED.slice(1).map((path) => base.get(path) ?? '')
  return libraries
    .filter(({ name, face, folder }) => {
      const text = base.get(face)
      if (text === undefined) return false
      const named = new RegExp(`(?<![\\w./-])${name.replaceAll('_', '[-_.]')}(?![\\w-])`, 'i')
      if (built.some((one) => named.test(one))) return false
      const beside = KNOWN.filter((path) => base.has(folder + path)).length >= PROVEN_BY
      return isPinned(needed, named) || (VERSION.test(text) && (beside || LICENCE.test(text)))
    })
    .map(({ prefix }) => prefix)
}

/** A line of its own with a version: what is only mentioned is no need. */
function isPinned(needed: string, named: RegExp): boolean {
  return needed
    .split('\n')
    .some((line) => named.exec(line)?.index === 0 && /^[\w.[\],-]+\s*[=~<>!]=?/.test(line))
}
