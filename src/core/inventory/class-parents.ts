import type { CodeFile } from '#core/rules/code'

const DECLARATIONS: readonly RegExp[] = [
  // TypeScript, PHP, Java.
  /\bclass\s+(\w{1,80})(?:<[^>{}\n]{0,80}>)?\s+extends\s+([\w.\\]{1,120})/g,
  // C#, Kotlin.
  /\bclass\s+(\w{1,80})(?:\([^)\n]{0,300}\))?\s*:\s*([\w.]{1,120})/g,
  // Python.
  /^class\s+(\w{1,80})\(([\w.]{1,120})/gm,
  // Ruby.
  /^[ \t]*class\s+(\w{1,80})\s*<\s*:{0,2}([\w:]{1,120})/gm,
]
/** More in one file are data. */
const MAX_CLASSES = 200

const READ = new WeakMap<CodeFile, ReadonlyMap<string, string>>()

/** The classes of a file that extend another one, by name: a client with a method more is a client. */
export function classParents(file: CodeFile): ReadonlyMap<string, string> {
  const known = READ.get(file)
  if (known !== undefined) return known
  const found = DECLARATIONS.flatMap((pattern) =>
    [...file.text.matchAll(pattern)].slice(0, MAX_CLASSES),
  )
  const parents = new Map(
    found.map(([, name = '', parent = '']) => [name, parent.replace(/^\\/, '')]),
  )
  READ.set(file, parents)
  return parents
}
