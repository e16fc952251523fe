import type { Language } from '#core/facts/fact'

/** How ast-grep calls a language, and which extension makes it read a file as that language. */
export const GRAMMARS: Readonly<Record<Language, { readonly id: string; readonly ext: string }>> = {
  typescript: { id: 'TypeScript', ext: 'ts' },
  tsx: { id: 'Tsx', ext: 'tsx' },
  javascript: { id: 'JavaScript', ext: 'js' },
  python: { id: 'Python', ext: 'py' },
  go: { id: 'Go', ext: 'go' },
  java: { id: 'Java', ext: 'java' },
  kotlin: { id: 'Kotlin', ext: 'kt' },
  ruby: { id: 'Ruby', ext: 'rb' },
  php: { id: 'Php', ext: 'php' },
  csharp: { id: 'CSharp', ext: 'cs' },
  rust: { id: 'Rust', ext: 'rs' },
}

/** As people write them. */
const NAMES: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript',
  tsx: 'TSX',
  javascript: 'JavaScript',
  python: 'Python',
  go: 'Go',
  java: 'Java',
  kotlin: 'Kotlin',
  ruby: 'Ruby',
  php: 'PHP',
  csharp: 'C#',
  rust: 'Rust',
}

/** A language as people write it: `C#`. */
export const languageName = (language: Language): string => NAMES[language]

const BY_EXTENSION: ReadonlyMap<string, Language> = new Map([
  ['ts', 'typescript'],
  ['mts', 'typescript'],
  ['cts', 'typescript'],
  ['tsx', 'tsx'],
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['cjs', 'javascript'],
  ['jsx', 'javascript'],
  ['py', 'python'],
  ['go', 'go'],
  ['java', 'java'],
  ['kt', 'kotlin'],
  ['rb', 'ruby'],
  ['rake', 'ruby'],
  ['php', 'php'],
  ['cs', 'csharp'],
  ['rs', 'rust'],
])

/** Names of languages without fact packs, so that the ledger can say which one was not read. */
const UNREAD: Readonly<Record<string, string>> = {
  c: 'C',
  clj: 'Clojure',
  cpp: 'C++',
  dart: 'Dart',
  erl: 'Erlang',
  ex: 'Elixir',
  exs: 'Elixir',
  hs: 'Haskell',
  lua: 'Lua',
  pl: 'Perl',
  scala: 'Scala',
  sh: 'shell scripts',
  sql: 'SQL',
  svelte: 'Svelte',
  swift: 'Swift',
  tf: 'Terraform',
  vue: 'Vue',
}

function extensionOf(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase()
}

/** The language that a file's name says it is in, or null when no fact pack reads it. */
export function languageOf(path: string): Language | null {
  return BY_EXTENSION.get(extensionOf(path)) ?? null
}

/** Why no rule reads a file, in the words of the coverage ledger. */
export function unreadBecause(path: string): string {
  const extension = extensionOf(path)
  const known = languageOf(path)
  const name = known === null ? UNREAD[extension] : languageName(known)
  if (name !== undefined) return `no rules for ${name}`
  return /^[a-z0-9]{1,12}$/.test(extension)
    ? `no rules for .${extension} files`
    : 'no rules for this kind of file'
}
