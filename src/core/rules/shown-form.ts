import type { SecretHit } from '#core/facts/secret-hit'

/** The mark by which a service tells its tokens: `ghp_`, `sk-ant-api03-`. */
const MARK = /^(?:[a-z]{2,10}\d{0,2}[-_]){1,3}/i
/** A value made of so few signs was never drawn by chance. */
const FEW_SIGNS = 2
const LEAST_SIGNS = 8

/** An address whose name and password are the words for them, and whose host or port is one too. */
const WORDS_ONLY =
  /\b[a-z][a-z\d+]{1,20}:\/\/(?:user|username|login):(?:pass|password|passwd|pwd)@(?:[\w.-]{1,80}:port\b|(?:[\w-]{1,40}\.){0,3}(?:host|hostname|server|domain|address|example|proxy)(?:\.(?:com|net|org|example|tld|host))?(?=[:/"'`\s]))/gi

/** Whether a value shows no more than the form of a credential: nobody can have been given it. */
export function showsForm(line: string, { startColumn, endColumn }: SecretHit): boolean {
  const [from, to] = [startColumn - 1, endColumn - 1]
  const signs = line.slice(from, to).replace(MARK, '').replace(/[-_]/g, '')
  if (signs.length >= LEAST_SIGNS && new Set(signs).size <= FEW_SIGNS) return true
  return [...line.matchAll(WORDS_ONLY)].some(
    ({ index, 0: address }) => index < to && from < index + address.length,
  )
}
