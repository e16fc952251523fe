import type { ImportLanguage } from '#core/providers/provider'

/** A word of a line of code. */
export interface LineWord {
  readonly text: string
  /** It is the whole of a string literal, as a key or a form field is. */
  readonly quoted: boolean
}

/** Words beyond these on one line are not looked at: the line is data. */
const MAX_WORDS = 200

/** A string that its line does not close ends with it, so that no quote is looked at twice. */
const TOKEN =
  /"(?:[^"\\]|\\.?)*(?:"|$)|'(?:[^'\\]|\\.?)*(?:'|$)|`(?:[^`\\]|\\.?)*(?:`|$)|[A-Za-z_][\w-]*/g
/** Rust marks lifetimes with a single quote; its strings have double ones. */
const RUST_TOKEN = /"(?:[^"\\]|\\.?)*(?:"|$)|[A-Za-z_][\w-]*/g
const PLAIN = /[A-Za-z_][\w-]*/g

/** One name of at least two words: `client_secret`, `apiKey`, `grant-type`. */
const NAME = /^[A-Za-z][a-z0-9]*(?:[_-][A-Za-z0-9]+|[A-Z][a-z0-9]*){1,8}$/
/** Code within a string. */
const INSERTED = /[$#]\{([^{}]{1,200})\}/g

/**
 * The words of a line that are code. Of a string literal only what is code in effect: a name that
 * stands alone in it, and what is inserted. Sentences, labels and messages are left out.
 */
export function lineWords(text: string, language: ImportLanguage | null): readonly LineWord[] {
  const words: LineWord[] = []
  for (const [token] of text.matchAll(language === 'rust' ? RUST_TOKEN : TOKEN)) {
    if (words.length >= MAX_WORDS) break
    if (/^["'`]/.test(token)) words.push(...wordsInString(token.replace(/^.|["'`]$/g, '')))
    else if (token.length > 1) words.push({ text: token, quoted: false })
  }
  return words
}

function wordsInString(body: string): readonly LineWord[] {
  if (NAME.test(body)) return [{ text: body, quoted: true }]
  const inserted: LineWord[] = []
  for (const [, code = ''] of body.matchAll(INSERTED)) {
    for (const [word] of code.matchAll(PLAIN)) inserted.push({ text: word, quoted: false })
  }
  return inserted
}

/** All words of a line, whatever they stand in: for names that are told by their shape. */
export function namesOn(text: string): readonly string[] {
  const names: string[] = []
  for (const [word] of text.matchAll(PLAIN)) {
    if (names.length >= MAX_WORDS) break
    if (word.includes('_') || word.includes('-')) names.push(word)
  }
  return names
}
