import { type Logger, pino } from 'pino'
import type { Log } from '#flow/ports'
import { allowedFields, errorFields, isAllowedInLine } from '#wiring/log-fields'
import { createRedaction } from '#wiring/redaction'

/** The log of a process. */
export interface ProcessLog extends Log {
  /** The same log with fields on every line, as in a delivery's GUID, a job or a run. */
  child(fields: Readonly<Record<string, unknown>>): ProcessLog
  /** The logger underneath, for libraries that want one: it filters and masks just the same. */
  readonly logger: Logger
}

type Seen = (level: 'info' | 'warn' | 'error', event: string) => void

export interface LogOptions {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent'
  readonly format: 'json' | 'pretty'
  /** Values to mask wherever they appear. */
  readonly secrets: readonly string[]
  /** Takes one line with its line end; standard output if not given. */
  readonly write?: (line: string) => void
  /** Told of each of our own lines; not of those of libraries, whose words may be a stranger's. */
  readonly seen?: Seen
}

/**
 * Makes the log: one JSON object a line, with allowed fields only. Every line passes through one
 * place that masks secrets, messages of libraries and errors included.
 */
export function createLog(options: LogOptions): ProcessLog {
  const { level, format, secrets, write = toStdout, seen = () => {} } = options
  const redact = createRedaction(secrets)
  const lay = format === 'pretty' ? prettyLine : jsonLine
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // The standard ones would print a request with its headers.
      serializers: { err: (value: unknown) => errorFields(value), req: hidden, res: hidden },
      formatters: {
        level: (label) => ({ level: label }),
        log: allowedFields,
      },
    },
    { write: (line: string) => write(redact(lay(finished(line)))) },
  )
  return processLog(logger, seen)
}

function processLog(logger: Logger, seen: Seen): ProcessLog {
  const line =
    (level: 'info' | 'warn' | 'error') =>
    (fields: Readonly<Record<string, unknown>>, event: string) => {
      seen(level, event)
      logger[level](fields, event)
    }
  return {
    info: line('info'),
    warn: line('warn'),
    error: line('error'),
    child: (fields) => processLog(logger.child({ ...fields }), seen),
    logger,
  }
}

function hidden(): undefined {
  return
}

function toStdout(line: string): void {
  process.stdout.write(line)
}

/** Characters of the event's words; more is cut. */
const MAX_MESSAGE = 500

type Line = Readonly<Record<string, unknown>>

/** What a line may say: pino filters neither the fields of child logs nor repeated names. */
function finished(line: string): Line {
  const fields: Line = JSON.parse(line)
  const kept = Object.entries(fields).filter(([name]) => isAllowedInLine(name))
  // The message of a library's error may be as long as what it failed on.
  return { ...Object.fromEntries(kept), msg: String(fields['msg'] ?? '').slice(0, MAX_MESSAGE) }
}

function jsonLine(line: Line): string {
  return `${JSON.stringify(line)}\n`
}

/** A line for people: time, level, event, fields. Values stay JSON, so none can steer a terminal. */
function prettyLine({ time, level, msg, ...fields }: Line): string {
  const event = JSON.stringify(msg).slice(1, -1)
  const rest = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const start = [String(time).slice(11, 23), String(level).toUpperCase().padEnd(5), event]
  return `${[...start, ...rest].join(' ')}\n`
}
