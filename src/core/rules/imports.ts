import type { Fact, Language } from '#core/facts/fact'
import { type CodeFile, factsOf } from '#core/rules/code'
import { IMPORT_READERS } from '#core/rules/import-readers'
import { joined } from '#core/text/join-path'

/** A name in a file that came from another module. */
export interface Imported {
  /** As the code names it. */
  readonly local: string
  /** As the module names it; `default` and `*` as in JavaScript. */
  readonly name: string
  readonly module: string
}

/** Judgements ask for a file's imports at each call in it: they are read once. */
const READ = new WeakMap<CodeFile, readonly Imported[]>()

/** Every name that a file takes from other modules. */
export function importsOf(file: CodeFile): readonly Imported[] {
  const known = READ.get(file)
  if (known !== undefined) return known
  const names = factsOf(file, 'import')
    .flatMap(namesOf)
    .filter(({ local }) => /^[\w$.]{1,200}$/.test(local))
  READ.set(file, names)
  return names
}

function namesOf(fact: Fact): readonly Imported[] {
  if (fact.language === 'python') return pythonNames(fact)
  const reader = IMPORT_READERS[fact.language]
  if (reader === undefined) return scriptNames(fact)
  return reader(fact).flatMap(({ local, name, module }) =>
    local === null ? [] : [{ local, name: name ?? '*', module }],
  )
}

function scriptNames(fact: Fact): readonly Imported[] {
  const module = (fact.captures['module'] ?? '').slice(1, -1)
  const clause = fact.captures['clause']
  if (clause === undefined || /^import\s+type\b/.test(fact.text)) return []
  const member = fact.captures['member']
  if (member !== undefined) return [{ local: clause, name: member, module }]
  const names: Imported[] = []
  const braces = /\{([\s\S]*)\}/.exec(clause)
  for (const part of (braces?.[1] ?? '').split(',')) {
    const [name, local] = part
      .trim()
      .replace(/^type\s+/, '')
      .split(/\s+as\s+|\s*:\s*/)
    if (name !== undefined && name !== '') names.push({ local: local ?? name, name, module })
  }
  const rest = clause.replace(/\{[\s\S]*\}/, '')
  const star = /\*\s*as\s+([\w$]+)/.exec(rest)
  if (star?.[1] !== undefined) names.push({ local: star[1], name: '*', module })
  const main = /^\s*([\w$]+)/.exec(rest)
  if (main?.[1] !== undefined) names.push({ local: main[1], name: 'default', module })
  return names
}

function pythonNames(fact: Fact): readonly Imported[] {
  const text = fact.text.replace(/#[^\n]*/g, '').replace(/[()\\]/g, ' ')
  const from = /^from\s+([\w.]+)\s+import\s+([\s\S]*)$/.exec(text)
  const list = (from?.[2] ?? text.replace(/^import\s+/, '')).split(',')
  return list.flatMap((part) => {
    const [name, alias] = part.trim().split(/\s+as\s+/)
    if (name === undefined || name === '') return []
    if (from?.[1] !== undefined) return [{ local: alias ?? name, name, module: from[1] }]
    return [{ local: alias ?? name, name: '*', module: name }]
  })
}

/**
 * The package of a module name: `@scope/name/deep` is `@scope/name`, Python's `a.b.c` is `a`, a Rust
 * path its crate. Elsewhere a module is its own package. Null for a module of the repository.
 */
export function packageOf(module: string, language: Language): string | null {
  if (module.startsWith('.') || module.startsWith('/')) return null
  if (language === 'python') return module.split('.')[0] ?? null
  if (language === 'rust') return module.split('::')[0] ?? null
  if (IMPORT_READERS[language] !== undefined) return module
  const parts = module.replace(/^node:/, '').split('/')
  return module.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? null)
}

const SCRIPT_ENDINGS = ['.ts', '.tsx', '.js', '.mjs', '/index.ts', '/index.js']

type Candidates = (fromPath: string, module: string) => readonly string[]

/** Languages that name files, or whose classes stand in files of their name. */
const CANDIDATES: Readonly<Partial<Record<Language, Candidates>>> = {
  typescript: scriptCandidates,
  tsx: scriptCandidates,
  javascript: scriptCandidates,
  python: pythonCandidates,
  java: dottedCandidates,
  kotlin: dottedCandidates,
  php: phpCandidates,
}

/** Where a module of the same repository may stand, most likely first; empty for a package. */
export function candidatesFor(
  fromPath: string,
  module: string,
  language: Language,
): readonly string[] {
  return CANDIDATES[language]?.(fromPath, module) ?? []
}

/** Java and Kotlin keep `com.acme.Http` in `com/acme/Http`, below a source root. */
function dottedCandidates(fromPath: string, module: string): readonly string[] {
  const root = /^(?:.*\/)?(?:java|kotlin)\//.exec(fromPath)?.[0]
  // A package of somebody else shares no more than its first part with ours.
  const own = module.split('.').slice(0, 2).join('/')
  if (root === undefined || !fromPath.startsWith(`${root}${own}/`)) return []
  const stem = `${root}${module.replaceAll('.', '/')}`
  return [`${stem}.java`, `${stem}.kt`]
}

/**
 * PSR-4: the first part of a namespace is a folder by another name, https://www.php-fig.org/psr/psr-4/.
 * Applications say `App`; a library's own files share the folder of the one that imports them, and
 * those of a package the folders of its vendor and its name.
 */
function phpCandidates(fromPath: string, module: string): readonly string[] {
  const [first, ...rest] = module.split('\\')
  if (rest.length === 0) return []
  const own = /^(?:src|lib)(?=\/)/.exec(fromPath)
  const folders = first === 'App' ? ['app', 'src'] : [...(own ?? [])]
  return [
    ...folders.map((folder) => `${folder}/${rest.join('/')}.php`),
    ...ofPackage(fromPath, module),
  ]
}

/** `Acme\\Pay\\Ipn`, seen from `packages/Acme/Pay/src/Http/Hook.php`. */
function ofPackage(fromPath: string, module: string): readonly string[] {
  const [vendor = '', name = '', ...rest] = module.split('\\')
  const at = `/${fromPath}`.indexOf(`/${vendor}/${name}/`)
  if (at === -1 || rest.length === 0) return []
  const root = fromPath.slice(0, at + vendor.length + name.length + 2)
  const sources = /^(?:src|lib)\//.exec(fromPath.slice(root.length))?.[0] ?? ''
  return [`${root}${sources}${rest.join('/')}.php`]
}

function scriptCandidates(fromPath: string, module: string): readonly string[] {
  const alias = /^[@~#]\/(.+)$/.exec(module)?.[1]
  const stems = alias !== undefined ? [`src/${alias}`, alias] : relativeStem(fromPath, module)
  return stems.flatMap((stem) => {
    const bare = stem.replace(/\.(?:js|mjs|cjs|jsx|ts|tsx)$/, '')
    return SCRIPT_ENDINGS.map((ending) => bare + ending)
  })
}

function relativeStem(fromPath: string, module: string): readonly string[] {
  if (!module.startsWith('.')) return []
  const stem = joined(fromPath.split('/').slice(0, -1), module.split('/'))
  return stem === null ? [] : [stem]
}

function pythonCandidates(fromPath: string, module: string): readonly string[] {
  const folder = fromPath.split('/').slice(0, -1)
  const dots = /^\.*/.exec(module)?.[0].length ?? 0
  const names = module
    .slice(dots)
    .split('.')
    .filter((name) => name !== '')
  if (dots > 0) {
    const stem = joined(folder, [...Array<string>(dots - 1).fill('..'), ...names])
    return stem === null ? [] : [`${stem}.py`, `${stem}/__init__.py`]
  }
  const path = names.join('/')
  const roots = [
    '',
    'src/',
    ...folder.map((_, index) => `${folder.slice(0, index + 1).join('/')}/`),
  ]
  return [...new Set(roots)].flatMap((root) => [`${root}${path}.py`, `${root}${path}/__init__.py`])
}
