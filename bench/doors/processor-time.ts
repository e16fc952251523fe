import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second: `getconf CLK_TCK`. */
const TICK_MS = 10

/** Milliseconds of processor time that a process has used in all of its threads; Linux only. */
export function processorTime(pid: number): number {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold spaces; after it, user and system time are fields 12 and 13.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
