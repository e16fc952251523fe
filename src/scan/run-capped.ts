import { spawn } from 'node:child_process'
import { getPriority, setPriority } from 'node:os'
import { StringDecoder } from 'node:string_decoder'
import * as z from 'zod'

/** What a child process may use before it is killed. */
export interface Caps {
  /** Processor seconds of the whole process, where the system can hold it to that. */
  readonly cpuSeconds: number
  /** Wall-clock milliseconds. */
  readonly wallMs: number
  /** Address space in kilobytes, where the system can hold it to that. */
  readonly memoryKb: number
  /** Bytes of standard output. */
  readonly outputBytes: number
}

/** A program and what it is started with; it gets no environment. */
export interface Program {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
}

/** How a capped process ended. `broken` is its own complaint: exit code and last words. */
export const Ending = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done') }),
  z.object({ kind: z.literal('killed'), because: z.string() }),
  z.object({ kind: z.literal('broken'), code: z.int(), stderr: z.string() }),
])
export type Ending = z.infer<typeof Ending>

/** Rust's panic and what a shell reports for abort, bus error, kill, segfault. */
const CRASH_CODES = new Set([101, 134, 135, 139])
const STDERR_KEPT = 4_000
/** As `nice` counts: a third of the processor time of a process that wants as much. */
const BEHIND_OTHERS = 5
const LAST = 19

/**
 * Runs a program without environment and hands on its output, always in whole lines. On systems with
 * `/bin/sh` the kernel bounds its memory and processor time; elsewhere the clock alone does.
 */
export function runCapped(
  program: Program,
  caps: Caps,
  onLines: (lines: string) => void,
): Promise<Ending> {
  const [file, args] = withKernelLimits(program.file, program.args, caps)
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: program.cwd,
      env: {},
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    })
    letOthersFirst(child.pid)
    let killed: string | null = null
    const kill = (because: string) => {
      killed ??= because
      child.kill('SIGKILL')
    }
    const timer = setTimeout(() => kill('it took too long'), caps.wallMs)
    const lines = lineFeeder(onLines)
    let bytes = 0
    let stderr = ''
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > caps.outputBytes) kill('it has too many matches')
      else if (killed === null) lines.feed(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT)
    })
    child.on('error', (error) => {
      clearTimeout(timer)
      reject(error)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const ending = endingOf(killed, code, signal, stderr)
      if (ending.kind === 'done') lines.end()
      resolve(ending)
    })
  })
}

/** Where processors are short, whoever answers GitHub comes before whoever reads files. */
function letOthersFirst(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, Math.min(LAST, getPriority() + BEHIND_OTHERS))
  } catch {
    // It has ended already, or the system does not let us: it is only slower for the others then.
  }
}

function endingOf(
  killed: string | null,
  code: number | null,
  signal: NodeJS.Signals | null,
  stderr: string,
): Ending {
  if (killed !== null) return { kind: 'killed', because: killed }
  if (code === 0) return { kind: 'done' }
  if (signal === 'SIGXCPU' || signal === 'SIGKILL' || code === 152 || code === 137)
    return { kind: 'killed', because: 'it took too long' }
  if (code === null || CRASH_CODES.has(code))
    return { kind: 'killed', because: 'the parser crashed on it' }
  return { kind: 'broken', code, stderr }
}

function withKernelLimits(
  file: string,
  args: readonly string[],
  caps: Caps,
): [string, readonly string[]] {
  if (process.platform === 'win32') return [file, args]
  // Some systems refuse a limit (macOS has no -v): then the clock alone has to do.
  const script = `ulimit -v ${caps.memoryKb} 2>/dev/null; ulimit -t ${caps.cpuSeconds} 2>/dev/null; ulimit -c 0 2>/dev/null; exec "$0" "$@"`
  return ['/bin/sh', ['-c', script, file, ...args]]
}

function lineFeeder(onLines: (lines: string) => void) {
  const decoder = new StringDecoder('utf8')
  let parts: string[] = []
  return {
    feed(chunk: Buffer) {
      const text = decoder.write(chunk)
      const end = text.lastIndexOf('\n')
      if (end !== -1) {
        onLines(parts.join('') + text.slice(0, end))
        parts = []
      }
      if (end + 1 < text.length) parts.push(text.slice(end + 1))
    },
    end() {
      const rest = parts.join('') + decoder.end()
      if (rest.trim() !== '') onLines(rest)
    },
  }
}
