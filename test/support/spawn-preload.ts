import { ChildProcess } from 'node:child_process'
import { subscribe } from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import * as z from 'zod'

// Loaded into the real server by `node --import`: writes down each process that it starts, one a
// line, in the file that SPAWNED names, after a line that says that it is there. The scanner's
// thread takes no preload and has no environment, so no PATH.

const Started = z.object({ process: z.instanceof(ChildProcess) })
const note = (line: string) => appendFileSync(process.env['SPAWNED'] ?? '', `${line}\n`)

note('recording')
// https://nodejs.org/api/diagnostics_channel.html#child-process: told before it is known what runs.
subscribe('child_process', (message) => {
  const { process: started } = Started.parse(message)
  queueMicrotask(() => note(started.spawnargs.join(' ')))
})
