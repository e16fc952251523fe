import type { Language } from '#core/facts/fact'
import type { ImportLanguage } from '#core/providers/provider'
import { type CodeFile, factsOf } from '#core/rules/code'
import { IMPORT_READERS, type NameOfModule } from '#core/rules/import-readers'
import { importsOf } from '#core/rules/imports'

/** How catalogues call the language of a fact. */
export const CATALOG_LANGUAGE: Readonly<Record<Language, ImportLanguage>> = {
  typescript: 'js',
  tsx: 'js',
  javascript: 'js',
  python: 'python',
  go: 'go',
  java: 'java',
  kotlin: 'java',
  ruby: 'ruby',
  php: 'php',
  csharp: 'csharp',
  rust: 'rust',
}

/** Every name that a file takes from elsewhere. Ruby has none: its constants are global. */
export function importedNames(file: CodeFile): readonly NameOfModule[] {
  if (CATALOG_LANGUAGE[file.language] === 'js') return [...importsOf(file), ...typeOnly(file)]
  if (file.language === 'python') return importsOf(file).map(pythonName)
  const reader = IMPORT_READERS[file.language]
  return reader === undefined ? [] : factsOf(file, 'import').flatMap(reader)
}

/** What `import type` names: nothing at run time, but what a parameter may be. */
function typeOnly(file: CodeFile): readonly NameOfModule[] {
  return factsOf(file, 'import').flatMap((fact) => {
    const match = /^import\s+type\s+(?:\{([^}]*)\}|(?:\*\s*as\s+)?([\w$]+))/.exec(fact.text)
    if (match === null) return []
    const module = unquoted(fact.captures['module'] ?? '')
    const names = match[2] === undefined ? (match[1] ?? '').split(',') : [match[2]]
    return names.flatMap((part) => {
      const [name = '', local = name] = part.trim().split(/\s+as\s+/)
      return name === '' ? [] : [{ local, name, module }]
    })
  })
}

/** `from google.cloud import pubsub` takes the module `google.cloud.pubsub`. */
function pythonName(one: { local: string; name: string; module: string }): NameOfModule {
  const deep = one.name === '*' ? one.module : `${one.module}.${one.name}`
  return { local: one.local, name: one.name === '*' ? null : one.name, module: deep }
}

function unquoted(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, '')
}
