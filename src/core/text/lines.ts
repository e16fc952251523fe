/**
 * The lines of a text as git and GitHub number them: only `\n` ends a line, and a final `\n`
 * starts no further line. A `\r` before the `\n` belongs to the line ending and is left out.
 */
export function splitLines(text: string): readonly string[] {
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}

/** Cuts a text to a number of characters without splitting a surrogate pair, marking the cut. */
export function clip(text: string, characters: number): string {
  if (text.length <= characters) return text
  const end = characters - 1
  const splitsPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1))
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`
}

/** The size of a text in UTF-8, in bytes. */
export function byteLength(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) bytes += 1
    else if (code < 0x800) bytes += 2
    else bytes += code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** The first letter in upper case: a reason becomes a sentence. */
export function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
