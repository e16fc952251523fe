import { quietOf, type Region } from '#core/matrix/region'
import { statementAt } from '#core/matrix/statement'
import type { Code, CodeFile } from '#core/rules/code'
import { quietBecause } from '#core/rules/quiet-files'

/** Settings of one library that are looked at. */
const MAX_REGIONS = 30

const PRODUCTIVE = new WeakMap<Code, Map<string, readonly CodeFile[]>>()

/** The files of a language that run in production. */
export function productive(code: Code, language: string): readonly CodeFile[] {
  const known = PRODUCTIVE.get(code) ?? new Map<string, readonly CodeFile[]>()
  PRODUCTIVE.set(code, known)
  const files =
    known.get(language) ??
    [...code.files.values()].filter(
      (one) => one.language === language && quietBecause(one.path, one.text) === null,
    )
  known.set(language, files)
  return files
}

const SETTINGS = new WeakMap<Code, Map<string, readonly Region[]>>()

/** Statements that set something for all calls of a library: `Stripe.max_network_retries = 3`. */
export function settingsOf(code: Code, file: CodeFile, written: string): readonly Region[] {
  const root = written.replace(/^.*(?:::|\\)/, '')
  if (!/^\w{3,40}$/.test(root) || root === 'Net' || root === 'HTTP') return []
  const known = SETTINGS.get(code) ?? new Map<string, readonly Region[]>()
  SETTINGS.set(code, known)
  const key = `${file.language} ${root}`
  const found = known.get(key) ?? findSettings(code, file, root)
  known.set(key, found)
  return found
}

function findSettings(code: Code, file: CodeFile, root: string): readonly Region[] {
  const pattern = new RegExp(
    `\\b${root}(?:\\\\${root})?(?:::|\\.)(?:\\w*(?:timeout|retr(?:y|ies)|option|middleware|notifier|interceptor|instrument)\\w*\\s*=(?!=)|(?:set|configure|global|default|setup)\\w*\\s*(?:=(?!=)|\\(|do\\b|\\{|!|\\.))`,
    'gi',
  )
  return productive(code, file.language)
    .filter(({ text }) => text.toLowerCase().includes(root.toLowerCase()))
    .flatMap((one) =>
      [...quietOf(one).code.matchAll(pattern)]
        .slice(0, 8)
        .map(({ index }) => statementAt('client', one, index)),
    )
    .slice(0, MAX_REGIONS)
}
