import { joined } from '#core/text/join-path'
import type { SourceText } from '#core/text/source-text'

/** A beginning of module names that stands for a folder of the repository. */
export interface ModuleAlias {
  /** `@acme/lib` of a package, which is followed by `/` or nothing; `@app/` of a pattern. */
  readonly prefix: string
  /** Without a slash at its end; empty for the root. */
  readonly folder: string
  /** Only files below this folder may use it; empty for all. */
  readonly below: string
}

/** What modules of the repository are called in it, looked up by how their name begins. */
export interface ModuleAliases {
  /** Where a module may stand, without its ending; empty where nothing is known of its name. */
  stems(fromPath: string, module: string): readonly string[]
}

const PACKAGE = /(?:^|\/)package\.json$/
/** Where a compiler is told what module names stand for. */
const PROJECT = /(?:^|\/)[jt]sconfig(?:\.[\w-]{1,40})?\.json$/
/** Sources of a package may lie right in its folder or one below. */
const SOURCES = ['', 'src/']
const MAX_TEXT = 100_000
const MAX_PATTERNS = 100

/** Whether a file says what module names stand for. */
export function namesModules(path: string): boolean {
  return PACKAGE.test(path) || PROJECT.test(path)
}

/**
 * What the manifests and compiler settings of a repository call its own modules: packages of a
 * workspace by their names (https://docs.npmjs.com/cli/using-npm/workspaces), and `paths`
 * (https://www.typescriptlang.org/tsconfig/#paths). Settings that a file takes from another package
 * are not followed.
 */
export function moduleAliases(files: readonly SourceText[]): ModuleAliases {
  const packages = new Map<string, string>()
  const patterns: ModuleAlias[] = []
  for (const { path, text } of files) {
    const below = path.split('/').slice(0, -1).join('/')
    if (text.length > MAX_TEXT) continue
    if (PROJECT.test(path)) patterns.push(...patternsIn(text, below))
    else if (PACKAGE.test(path)) {
      const name = field(readObject(text), 'name')
      if (typeof name === 'string' && name !== '' && below !== '') packages.set(name, below)
    }
  }
  const byLength = patterns.toSorted((a, b) => b.prefix.length - a.prefix.length)
  return {
    stems(fromPath, module) {
      const [first = '', second, ...deep] = module.split('/')
      const scoped = first.startsWith('@') && second !== undefined
      const name = scoped ? `${first}/${second}` : first
      const folder = packages.get(name)
      const rest = (scoped ? deep : [second, ...deep].filter((part) => part !== undefined)).join(
        '/',
      )
      const ofPackage =
        folder === undefined ? [] : SOURCES.map((source) => `${folder}/${source}${rest}`)
      const ofPatterns = byLength
        .filter(({ prefix, below }) => module.startsWith(prefix) && isBelow(fromPath, below))
        .map((alias) => `${alias.folder}/${module.slice(alias.prefix.length)}`.replace(/^\//, ''))
      return [...ofPatterns, ...ofPackage]
    },
  }
}

const isBelow = (path: string, folder: string) => folder === '' || path.startsWith(`${folder}/`)

/** `"@app/*": ["./src/*"]`: the patterns that end in a star, each with its first target. */
function patternsIn(text: string, below: string): readonly ModuleAlias[] {
  const options = field(readObject(text), 'compilerOptions')
  const paths = field(options, 'paths')
  const base = field(options, 'baseUrl')
  if (typeof paths !== 'object' || paths === null) return []
  return Object.entries(paths)
    .slice(0, MAX_PATTERNS)
    .flatMap(([pattern, targets]: [string, unknown]): readonly ModuleAlias[] => {
      const target: unknown = Array.isArray(targets) ? targets[0] : null
      if (typeof target !== 'string' || !target.endsWith('/*') || !/^[^*]+\/\*$/.test(pattern))
        return []
      const from = typeof base === 'string' ? base.split('/') : []
      const folder = joined(below.split('/'), [...from, ...target.slice(0, -2).split('/')])
      return folder === null
        ? []
        : [{ prefix: pattern.slice(0, -1), folder: folder.replace(/^\//, ''), below }]
    })
}

/**
 * JSON as compilers take it: with comments, and commas before a closing bracket. What is never
 * closed reaches to its end, so that nothing is read twice.
 */
function readObject(text: string): unknown {
  const plain = text
    .replace(/"(?:\\.|[^"\\\n])*"?|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/g, (found) =>
      found.startsWith('"') ? found : '',
    )
    .replace(/"(?:\\.|[^"\\\n])*"?|,(?=\s*[}\]])/g, (found) => (found === ',' ? '' : found))
  try {
    return JSON.parse(plain)
  } catch {
    return null
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}
