/**
 * The fields that a log line may carry. Whatever else is given is left out, so that nobody logs
 * a payload, headers or source by passing on an object.
 */
const allowed: ReadonlySet<string> = new Set([
  'action',
  'attempt',
  'attempts',
  'base',
  'because',
  'bytes',
  'check',
  'claims',
  'code',
  'comments',
  'count',
  'delivery',
  'detail',
  'err',
  'event',
  'failed',
  'files',
  'findings',
  'fingerprint',
  'head',
  'host',
  'id',
  'installation',
  'job',
  'kind',
  'limit',
  'memory',
  'method',
  'model',
  'ms',
  'name',
  'path',
  'permissions',
  'pid',
  'placed',
  'port',
  'pull',
  'queued',
  'reason',
  'recorded',
  'repository',
  'resent',
  'result',
  'retryInMs',
  'review',
  'reviewer',
  'role',
  'rule',
  'rules',
  'run',
  'signal',
  'skipped',
  'state',
  'status',
  'step',
  'store',
  'task',
  'tokens',
  'turn',
  'turns',
  'url',
  'usd',
  'version',
])

/** Characters of one value; more is cut. */
const MAX_TEXT = 500

/** Elements of one list; more is cut. */
const MAX_LIST = 20

/** Keeps the allowed fields with plain, short values; `left` names the others. Errors come later. */
export function allowedFields(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const left: string[] = []
  for (const [name, value] of Object.entries(fields)) {
    if (allowed.has(name)) {
      kept[name] = name === 'err' ? value : plain(value)
    } else {
      left.push(name)
    }
  }
  // Names are our own or a library's; anything else is a stranger's text used as a key.
  const names = left.filter((name) => /^[A-Za-z]\w{0,30}$/.test(name)).slice(0, MAX_LIST)
  return names.length === 0 ? kept : { ...kept, left: names }
}

/** Whether a finished line may carry this: also what no single call has given. */
export function isAllowedInLine(name: string): boolean {
  return allowed.has(name) || ['level', 'time', 'msg', 'left'].includes(name)
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') {
    return value.slice(0, MAX_TEXT)
  }
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return value
  }
  if (Array.isArray(value)) {
    return value
      .slice(0, MAX_LIST)
      .map((each) => (typeof each === 'object' ? '[object]' : plain(each)))
  }
  return value === undefined ? undefined : `[${typeof value}]`
}

/**
 * What is said of an error: never its other properties, where libraries keep requests, responses
 * and whole webhook events.
 */
export function errorFields(value: unknown, depth = 0): Readonly<Record<string, unknown>> {
  if (!(value instanceof Error)) {
    return { message: typeof value === 'string' ? plain(value) : `[${typeof value}]` }
  }
  const code = 'code' in value ? plain(value.code) : undefined
  const status = 'status' in value ? plain(value.status) : undefined
  return {
    type: value.name,
    message: plain(value.message),
    ...(code === undefined ? {} : { code }),
    ...(status === undefined ? {} : { status }),
    stack: places(value),
    ...(value.cause !== undefined && depth < 3
      ? { cause: errorFields(value.cause, depth + 1) }
      : {}),
  }
}

/** The places of a stack alone: its first lines repeat the message, however long. */
function places(error: Error): string {
  const lines = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return lines
    .slice(0, 12)
    .map((line) => line.trim().slice(0, 200))
    .join('\n')
}
