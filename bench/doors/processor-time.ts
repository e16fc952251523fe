import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second: `getconf CLK_TCK`. */
const TICK_MS = 10

/**
 * Milliseconds of processor time that a process has used in all of its threads, and if wanted its
 * children too, living and dead; Linux only.
 */
export function processorTime(pid: number, withChildren = false): number {
  const own = fieldsOf(pid)
  if (!withChildren) return sumOf(own, OWN)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const living = pids.flatMap((name) => {
    const fields = fieldsOf(Number(name))
    return Number(fields[PARENT]) === pid ? [sumOf(fields, OWN)] : []
  })
  return sumOf(own, [...OWN, ...CHILDREN]) + living.reduce((sum, ms) => sum + ms, 0)
}

/** Which fields of `/proc/PID/stat`, counted from behind the name: `man proc_pid_stat`. */
const PARENT = 1
const OWN = [11, 12]
/** Of the children that are gone. */
const CHILDREN = [13, 14]

function sumOf(fields: readonly string[], wanted: readonly number[]): number {
  return wanted.reduce((sum, index) => sum + Number(fields[index] ?? 0), 0) * TICK_MS
}

/** Empty for a process that is gone. */
function fieldsOf(pid: number): readonly string[] {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return []
  }
  // The name in brackets may hold spaces.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}
