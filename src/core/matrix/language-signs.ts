import type { Language } from '#core/facts/fact'
import type { LanguageSigns } from '#core/matrix/call-signs'
import { CSHARP_SIGNS } from '#core/matrix/signs-csharp'
import { GO_SIGNS } from '#core/matrix/signs-go'
import { JVM_SIGNS } from '#core/matrix/signs-jvm'
import { PHP_SIGNS } from '#core/matrix/signs-php'
import { PYTHON_SIGNS } from '#core/matrix/signs-python'
import { RUBY_SIGNS } from '#core/matrix/signs-ruby'
import { RUST_SIGNS } from '#core/matrix/signs-rust'
import { SCRIPT_SIGNS } from '#core/matrix/signs-scripts'

const SIGNS: Readonly<Record<Language, LanguageSigns>> = {
  typescript: SCRIPT_SIGNS,
  tsx: SCRIPT_SIGNS,
  javascript: SCRIPT_SIGNS,
  python: PYTHON_SIGNS,
  go: GO_SIGNS,
  csharp: CSHARP_SIGNS,
  java: JVM_SIGNS,
  kotlin: JVM_SIGNS,
  ruby: RUBY_SIGNS,
  php: PHP_SIGNS,
  rust: RUST_SIGNS,
}

/** What protections look like in a language. */
export function signsOf(language: Language): LanguageSigns {
  return SIGNS[language]
}
