/** What a regular expression is made of: an escaped character, a class of characters, or any other. */
const PART = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S]/g

/** Beyond ASCII every character counts: names of code have hardly any there but letters. */
const WORD = '0-9A-Za-z_\\u{80}-\\u{10FFFF}'

/**
 * Writes out `\w`. To ast-grep it means every letter and digit of Unicode, eight hundred ranges that
 * are compiled again for each time that it stands in a rule: most of what a scan of few files takes.
 */
export function spellOutWords(regex: string): string {
  return regex.replace(PART, (part) => {
    if (part === '\\w') return caseless(`[${WORD}]`)
    const isClass = part.startsWith('[') && !part.includes('[', 1)
    return isClass && WORD_INSIDE.test(part)
      ? caseless(part.replace(WORD_INSIDE, `$1${WORD}`))
      : part
  })
}

/** `\w` that is not the end of an escaped backslash. */
const WORD_INSIDE = /((?:^|[^\\])(?:\\\\)*)\\w/

/** Such a class holds every letter in both cases; working that out takes as long as the ranges did. */
const caseless = (charClass: string) => `(?-i:${charClass})`
