const HUNK = /@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/y

const LINE_BREAK = 10
const SPACE = 32
const PLUS = 43
const MINUS = 45
const BACKSLASH = 92

/** Where the line after the one at `at` begins; the text's length after the last line. */
export function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end === -1 ? text.length : end + 1
}

/**
 * Where the hunks end that begin at `from`, when each holds exactly the lines that its header
 * counts; null when one does not. One look at each line, nothing is kept. Content that looks like
 * a header is counted as content.
 */
export function hunksEnd(text: string, from: number): number | null {
  let at = from
  while (text.startsWith('@@ ', at)) {
    const end = hunkEnd(text, at)
    if (end === null) return null
    at = end
  }
  return at
}

function hunkEnd(text: string, from: number): number | null {
  HUNK.lastIndex = from
  const header = HUNK.exec(text)
  if (header === null) return null
  const body = nextLine(text, from)
  let end = linesEnd(text, body, Number(header[1] ?? 1), Number(header[2] ?? 1))
  while (end !== null && text.charCodeAt(end) === BACKSLASH) end = nextLine(text, end)
  return end
}

function linesEnd(text: string, from: number, oldLines: number, newLines: number): number | null {
  let [at, before, after] = [from, oldLines, newLines]
  while ((before > 0 || after > 0) && at < text.length) {
    switch (text.charCodeAt(at)) {
      case PLUS:
        after -= 1
        break
      case MINUS:
        before -= 1
        break
      case SPACE:
      // Git may be told to write an empty line of context without its blank.
      case LINE_BREAK:
        before -= 1
        after -= 1
        break
      case BACKSLASH:
        break
      default:
        return null
    }
    at = nextLine(text, at)
  }
  return before === 0 && after === 0 ? at : null
}
