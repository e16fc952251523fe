import type { Language } from '#core/facts/fact'
import type { ModuleAliases } from '#core/inventory/module-aliases'
import { candidatesFor } from '#core/rules/imports'

/** `@/lib/x`, `~/lib/x`: from the root of a package, which may be any folder above the file. */
const ALIASED = /^[@~#]\/(.+)$/
const SCRIPTS: ReadonlySet<Language> = new Set(['typescript', 'tsx', 'javascript'])
const ENDINGS = ['.ts', '.tsx', '.js', '.mjs', '/index.ts', '/index.tsx', '/index.js']

/**
 * Where a module of the same repository may stand, most likely first; empty for a package. Paths
 * are only looked up, so that trying every folder above costs nothing.
 *
 * @param aliases what the repository calls its own modules, where that was read
 */
export function homesOf(
  fromPath: string,
  module: string,
  language: Language,
  aliases?: ModuleAliases,
): readonly string[] {
  const near = candidatesFor(fromPath, module, language)
  if (!SCRIPTS.has(language)) return near
  const told = (aliases?.stems(fromPath, module) ?? []).flatMap(filesOf)
  const rest = ALIASED.exec(module)?.[1]
  if (rest === undefined) return [...near, ...told]
  const folders = fromPath.split('/').slice(0, -1)
  const roots = folders.map((_, index) => `${folders.slice(0, folders.length - index).join('/')}/`)
  const deep = roots.flatMap((root) =>
    ['src/', ''].flatMap((source) => filesOf(`${root}${source}${rest}`)),
  )
  return [...told, ...near, ...deep]
}

/** The files that a path without its ending may mean; a folder is its index. */
function filesOf(path: string): readonly string[] {
  const stem = path.replace(/\.(?:js|mjs|cjs|jsx|ts|tsx)$/, '').replace(/\/$/, '')
  return ENDINGS.map((ending) => `${stem}${ending}`)
}
