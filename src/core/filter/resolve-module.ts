import { folderOf, nameOf, type PathIndex } from '#core/filter/path-index'
import type { ImportLanguage } from '#core/providers/provider'
import { candidatesFor } from '#core/rules/imports'
import { joined } from '#core/text/join-path'

/** One import line, and what tells apart several files that it may mean. */
export interface ImportLine {
  readonly from: string
  readonly language: ImportLanguage
  readonly module: string
  /** Whether the importing file uses a name anywhere. */
  readonly mentions: (name: string) => boolean
}

type Resolver = (line: ImportLine, index: PathIndex) => readonly string[]

/** A Go package is a folder; more files than this are not told apart. */
const MAX_PATHS = 20

const RESOLVERS: Readonly<Record<ImportLanguage, Resolver>> = {
  js: scriptPaths,
  python: (line, index) => firstOf(candidatesFor(line.from, line.module, 'python'), index),
  java: javaPaths,
  go: goPaths,
  ruby: rubyPaths,
  php: phpPaths,
  csharp: csharpPaths,
  rust: (line, index) => firstOf(rustCandidates(line), index),
}

/**
 * The files of the repository that an import means; empty for a package, and wherever it is not
 * certain. Only what is in the index can be found.
 */
export function resolveModule(line: ImportLine, index: PathIndex): readonly string[] {
  return RESOLVERS[line.language](line, index)
    .filter((path) => path !== line.from)
    .slice(0, MAX_PATHS)
}

function firstOf(candidates: readonly string[], index: PathIndex): readonly string[] {
  const found = candidates.find((path) => index.has(path))
  return found === undefined ? [] : [found]
}

const SCRIPT_ENDINGS =
  '.ts .tsx .js .jsx .mts .mjs .cts .cjs .vue .svelte /index.ts /index.tsx /index.js /index.mjs'.split(
    ' ',
  )

function scriptPaths({ from, module }: ImportLine, index: PathIndex): readonly string[] {
  const candidates = scriptStems(from, module).flatMap((stem) => {
    const bare = stem.replace(/\.[cm]?[jt]sx?$/, '')
    return [stem, ...SCRIPT_ENDINGS.map((ending) => bare + ending)]
  })
  return firstOf(candidates, index)
}

/** A relative path, or an alias of the source folder as `@/x`, `~/x`, `#/x` or Node's `#x/y`. */
function scriptStems(from: string, module: string): readonly string[] {
  const folders = folderOf(from).split('/')
  if (module.startsWith('.')) {
    const stem = joined(folders, module.split('/'))
    return stem === null ? [] : [stem]
  }
  const alias = /^(?:[@~#]\/|#(?=\w))(.+)$/.exec(module)?.[1]
  if (alias === undefined) return []
  const above = folders.map((_, index) => `${folders.slice(0, folders.length - index).join('/')}/`)
  return [...above, ''].flatMap((root) => [`${root}src/${alias}`, root + alias])
}

function javaPaths({ module }: ImportLine, index: PathIndex): readonly string[] {
  const parts = module.split('.')
  // The second try is for a static member: `import static com.acme.Money.of`.
  for (const names of [parts, parts.slice(0, -1)]) {
    const last = names.at(-1)
    if (names.length < 2 || last === undefined || last === '') continue
    const found = index
      .byName(last)
      .filter((path) => /\.(?:java|kts?|scala|groovy)$/.test(path) && endsLike(path, names))
    if (found.length > 0) return found
  }
  return []
}

/** PSR-4: the first part of a name stands for a folder that only composer.json knows. */
function phpPaths({ module }: ImportLine, index: PathIndex): readonly string[] {
  const [root = '', ...names] = module.split('\\').filter((name) => name !== '')
  const last = names.at(-1)
  if (last === undefined) return []
  const files = index.byName(last).filter((path) => path.endsWith('.php') && endsLike(path, names))
  if (names.length > 1) return files
  const folders = new Set(['src', 'app', 'lib', root, root.toLowerCase()])
  return files.filter((path) => folders.has(folderOf(path)))
}

/** `a/b/Name.ext` ends like the names `b`, `Name`. */
function endsLike(path: string, names: readonly string[]): boolean {
  const bare = path.replace(/\.\w+$/, '')
  return `/${bare}`.endsWith(`/${names.join('/')}`)
}

/** A namespace is a folder by custom only: a file of it is meant when its name is used too. */
function csharpPaths({ module, mentions }: ImportLine, index: PathIndex): readonly string[] {
  const last = module.split('.').at(-1) ?? ''
  return index
    .byFolder(last)
    .filter((path) => path.endsWith('.cs') && mentions(nameOf(path)))
    .filter((path) => `.${folderOf(path).replaceAll('/', '.')}`.endsWith(`.${module}`))
}

function goPaths({ module }: ImportLine, index: PathIndex): readonly string[] {
  const last = module.split('/').at(-1) ?? ''
  return index
    .byFolder(last)
    .filter((path) => path.endsWith('.go') && !path.endsWith('_test.go'))
    .filter((path) => isGoFolder(folderOf(path), module))
}

/** `host/owner/name` or a bare name stands before the folder; one folder alone needs just that. */
function isGoFolder(folder: string, module: string): boolean {
  if (folder === '' || !module.endsWith(`/${folder}`)) return false
  const before = module.slice(0, -folder.length - 1).split('/')
  const repository = before[0]?.includes('.') === true ? 3 : 1
  return folder.includes('/') ? before.length >= repository : before.length === repository
}

const AUTOLOADED = /^(?:.*\/)?(?:app\/[^/]+(?:\/concerns)?|lib)\/(.+)\.rb$/

/** `Billing::StripeClient` stands in `billing/stripe_client.rb` below a folder that is autoloaded. */
function rubyPaths({ from, module }: ImportLine, index: PathIndex): readonly string[] {
  if (module.startsWith('.')) {
    const path = joined(folderOf(from).split('/'), module.split('/'))
    return path === null ? [] : firstOf([path, `${path}.rb`], index)
  }
  const parts = module.split('::')
  const own = AUTOLOADED.exec(from)?.[1] ?? ''
  const wanted = new Set([spelled(parts), spelled([...folderOf(own).split('/'), ...parts])])
  return index
    .byName(parts.at(-1) ?? '')
    .filter((path) => wanted.has(spelled((AUTOLOADED.exec(path)?.[1] ?? '').split('/'))))
}

const spelled = (parts: readonly string[]) =>
  parts.join('/').replaceAll('_', '').replace(/^\//, '').toLowerCase()

function rustCandidates({ from, module }: ImportLine): readonly string[] {
  const [first, ...rest] = module.split('::').filter((name) => name !== '')
  const root = rustRoot(from, first)
  if (root === null) return []
  // What is named last may be an item of the module before it.
  return rest.flatMap((_, index) => {
    const stem = `${root}${rest.slice(0, rest.length - index).join('/')}`
    return [`${stem}.rs`, `${stem}/mod.rs`]
  })
}

function rustRoot(from: string, first: string | undefined): string | null {
  const folder = folderOf(from)
  const isFolderModule = /(?:^|\/)(?:mod|lib|main)\.rs$/.test(from)
  const self = isFolderModule ? folder : from.replace(/\.rs$/, '')
  if (first === 'crate') return /^(?:.*\/)?src\//.exec(from)?.[0] ?? null
  if (first === 'self') return `${self}/`
  return first === 'super' ? `${folderOf(self)}/` : null
}
