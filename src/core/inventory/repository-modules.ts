import type { Language } from '#core/facts/fact'
import { candidatesFor } from '#core/rules/imports'

/** `@/lib/x`, `~/lib/x`: from the root of a package, which may be any folder above the file. */
const ALIASED = /^[@~#]\/(.+)$/
const ENDINGS = ['.ts', '.tsx', '.js', '.mjs', '/index.ts', '/index.tsx', '/index.js']

/**
 * Where a module of the same repository may stand, most likely first; empty for a package. Paths
 * are only looked up, so that trying every folder above costs nothing.
 */
export function homesOf(fromPath: string, module: string, language: Language): readonly string[] {
  const near = candidatesFor(fromPath, module, language)
  const rest = language === 'python' ? undefined : ALIASED.exec(module)?.[1]
  if (rest === undefined) return near
  const folders = fromPath.split('/').slice(0, -1)
  const roots = folders.map((_, index) => `${folders.slice(0, folders.length - index).join('/')}/`)
  const stem = rest.replace(/\.(?:js|mjs|cjs|jsx|ts|tsx)$/, '')
  const deep = roots.flatMap((root) =>
    ['src/', ''].flatMap((source) => ENDINGS.map((ending) => `${root}${source}${stem}${ending}`)),
  )
  return [...near, ...deep]
}
