import { execa } from 'execa'
import { Problem } from '#core/problem'

/** One call of git. Output is bytes, because names and contents need not be UTF-8. */
export interface GitCall {
  readonly cwd: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly input?: string | Uint8Array
  /** The most bytes of standard output that are taken; more is an error. Default 256 MiB. */
  readonly maxBytes?: number
  /** Milliseconds after which git is stopped. Default one minute. */
  readonly timeoutMs?: number
  /** Exit codes that are answers and not failures. Default only 0. */
  readonly expected?: readonly number[]
}

/** What a call gave. */
export interface GitResult {
  readonly code: number
  readonly stdout: Uint8Array
  readonly stderr: string
}

const MAX_BYTES = 256 * 1024 * 1024
const TIMEOUT_MS = 60_000

/**
 * Options before every command. Hooks, monitors, pagers and transports stay off whatever a
 * configuration says, and a path is never a pattern.
 */
const ALWAYS = [
  '--no-pager',
  '--literal-pathspecs',
  ...['core.fsmonitor=', 'core.hooksPath=/dev/null', 'core.quotePath=true'].flatMap(option),
  ...['protocol.allow=never', 'core.untrackedCache=false', 'gc.auto=0'].flatMap(option),
]

function option(setting: string): string[] {
  return ['-c', setting]
}

/**
 * Variables of every call; nothing else of the environment reaches git. GIT_ALLOW_PROTOCOL
 * outranks `protocol.<name>.allow` of a configuration file, which `protocol.allow` does not.
 */
const FIXED_ENVIRONMENT = {
  LC_ALL: 'C',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_ATTR_NOSYSTEM: '1',
}

/**
 * Runs git. Throws Problem `git.missing`, `git.timeout`, `git.output` (more than `maxBytes`) or
 * `git.failed`, whose message is git's own first line.
 */
export async function runGit(call: GitCall): Promise<GitResult> {
  const { cwd, args, env, input, expected = [0] } = call
  const result = await execa('git', [...ALWAYS, ...args], {
    cwd,
    env: { ...FIXED_ENVIRONMENT, ...env },
    extendEnv: false,
    encoding: 'buffer',
    ...(input === undefined ? { stdin: 'ignore' } : { input }),
    maxBuffer: call.maxBytes ?? MAX_BYTES,
    timeout: call.timeoutMs ?? TIMEOUT_MS,
    stripFinalNewline: false,
    reject: false,
  })
  const command = `git ${args[0] ?? ''}`
  if (result.code === 'ENOENT') {
    throw new Problem('git.missing', 'told', 'git is not installed or not on the PATH.')
  }
  if (result.timedOut) {
    throw new Problem('git.timeout', 'told', `${command} took too long and was stopped.`)
  }
  if (result.isMaxBuffer) {
    throw new Problem('git.output', 'told', `${command} wrote more than can be taken.`)
  }
  const stderr = decode(result.stderr)
  const code = result.exitCode
  if (code === undefined || !expected.includes(code)) {
    throw new Problem('git.failed', 'told', `${command} failed: ${firstLine(stderr)}`)
  }
  return { code, stdout: result.stdout, stderr }
}

/** Bytes as text. What is not UTF-8 becomes U+FFFD; a byte order mark stays. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** The parts of an output that ends each part with NUL. */
export function nulParts(bytes: Uint8Array): string[] {
  const parts = decode(bytes).split('\0')
  parts.pop()
  return parts
}

/** What git complained about, without its prefix. */
export function firstLine(stderr: string): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '')
  const line = lines.find((text) => /^(fatal|error):/.test(text)) ?? lines[0] ?? 'no reason given'
  return line.replace(/^(fatal|error): /, '')
}
