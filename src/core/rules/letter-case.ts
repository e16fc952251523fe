/** What a regular expression is made of, as far as the case of letters is concerned. */
const PART =
  /\\[\s\S]|\{[a-z]+\}|\[(?:\\[\s\S]|[^\]\\])*\]|\(\?(?:i:|[:=!]|<[=!]|<\w+>)|[()]|[\s\S]/g

/**
 * Writes out what `(?i:…)` means, as classes of both letters. V8 matches such groups wrongly once a
 * process has so many regular expressions that it stops to optimise them (seen with
 * `node --no-regexp-optimization`), so none may reach it. `{name}` stays as it is.
 */
export function spellOutCase(source: string): string {
  const groups: boolean[] = []
  return source.replace(PART, (part) => {
    const either = groups.at(-1) ?? false
    if (part === ')') groups.pop()
    else if (part.startsWith('(')) {
      groups.push(either || part === '(?i:')
      return part === '(?i:' ? '(?:' : part
    }
    return either ? inBothCases(part) : part
  })
}

function inBothCases(part: string): string {
  if (/^[\\{]/.test(part)) return part
  if (part.startsWith('[')) return bothInClass(part)
  return /[a-zA-Z]/.test(part) ? `[${bothOf(part)}]` : part
}

/** The letters and ranges of a class, each in both cases; escapes stay. */
function bothInClass(part: string): string {
  return part.replace(/\\[\s\S]|[a-z]-[a-z]|[A-Z]-[A-Z]|[a-zA-Z]/g, (one) =>
    one.startsWith('\\') ? one : bothOf(one),
  )
}

const bothOf = (letters: string) => letters.toLowerCase() + letters.toUpperCase()
