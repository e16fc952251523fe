import childProcess from 'node:child_process'
import { appendFileSync } from 'node:fs'
import * as z from 'zod'

// Loaded into the real server by `node --import`: writes down each process that it starts, one a
// line, in the file that SPAWNED names, after a line that says that it is there. The process itself
// is started as ever. The scanner's thread takes no preload and has no environment, so no PATH.

const Started = z.object({ file: z.string(), args: z.array(z.string()).default([]) })

const note = (line: string) => appendFileSync(process.env['SPAWNED'] ?? '', `${line}\n`)
note('recording')

const start = childProcess.ChildProcess.prototype.spawn
childProcess.ChildProcess.prototype.spawn = function (...args) {
  const [{ file, args: words }] = z.tuple([Started]).parse(args)
  note([file, ...words].join(' '))
  return start.apply(this, args)
}
