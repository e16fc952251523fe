import type { Streams } from '#cli/command-line'

const WIDEST = 100
const NARROWEST = 40
/** Without a terminal, as in a log. */
const USUAL = 80

/** The streams of this process. Whoever stops reading early, as `head` does, is no failure. */
export function createStreams(): Streams {
  const { stdout, stderr, env } = process
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
  }
  const columns = stdout.isTTY ? stdout.columns : USUAL
  return {
    out: (text) => new Promise((resolve) => stdout.write(text, () => resolve())),
    err: (text) => void stderr.write(text),
    progress(step) {
      // Carriage return, then "erase to the end of the line".
      if (stderr.isTTY) stderr.write(step === '' ? '\r\u001B[K' : `\r\u001B[K${step} …`)
    },
    colour: stdout.isTTY && !env['NO_COLOR'] && env['TERM'] !== 'dumb',
    width: Math.min(WIDEST, Math.max(NARROWEST, columns || USUAL)),
    columns: stdout.isTTY ? Math.max(NARROWEST, columns || USUAL) : Number.POSITIVE_INFINITY,
  }
}
