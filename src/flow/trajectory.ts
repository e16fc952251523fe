import * as z from 'zod'
import type { Complaint, Read } from '#core/problem'
import { Report } from '#core/report/report'
import type { Model, ModelMessage, ModelRequest, ModelTool, ModelTurn } from '#flow/model-port'
import type { Clock } from '#flow/ports'

/** The version of the format that this program writes, and the newest that it reads. */
const VERSION = 1
const FORMAT = 'tech-lead trajectory'

const Block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: z.string() }),
  z.strictObject({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.unknown(),
  }),
  z.strictObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.string(),
    is_error: z.boolean(),
  }),
  z.strictObject({ type: z.literal('opaque'), raw: z.unknown() }),
])

const tokens = z.int().nonnegative()
const Used = z.strictObject({
  inputTokens: tokens,
  cacheReadTokens: tokens,
  cacheWriteTokens: tokens,
  outputTokens: tokens,
})

const Answer = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('answered'),
    stop: z.string(),
    content: z.array(Block),
    usage: Used,
    requestId: z.string().nullable(),
    model: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('failed'),
    failure: z.enum(['transient', 'account', 'request']),
    message: z.string(),
    retryAfterMs: z.number().nullable(),
    usage: Used.nullable(),
    requestId: z.string().nullable(),
  }),
])

const Tool = z.strictObject({
  name: z.string(),
  description: z.string(),
  inputSchema: z.record(z.string(), z.unknown()),
})

/** The first line: what kind of file this is, and of which version. */
const Head = z.looseObject({ kind: z.literal('trajectory'), format: z.literal(FORMAT) })
const Versioned = Head.extend({ version: z.int().positive() })

/** The other lines. What several requests share is written once, and named by its id. */
const Line = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('system'), id: z.string(), text: z.string() }),
  z.strictObject({ kind: z.literal('tools'), id: z.string(), tools: z.array(Tool) }),
  z.strictObject({
    kind: z.literal('message'),
    id: z.string(),
    role: z.enum(['user', 'assistant']),
    content: z.array(Block),
  }),
  z.strictObject({
    kind: z.literal('turn'),
    /** Milliseconds since the first line, and how long the answer took. */
    at: z.number().nonnegative(),
    ms: z.number().nonnegative(),
    model: z.string(),
    maxTokens: z.int().positive(),
    system: z.array(z.string()),
    tools: z.string(),
    messages: z.array(z.string()),
    answer: Answer,
  }),
  z.strictObject({ kind: z.literal('report'), report: Report }),
])
type Line = z.infer<typeof Line>
type TurnLine = Extract<Line, { kind: 'turn' }>

/** One turn as it was asked and answered, secrets masked. */
interface RecordedTurn {
  readonly request: ModelRequest
  readonly answer: TurnLine['answer']
}

/** A review as it went: every turn with the model, and the report that came of them. */
export interface Trajectory {
  readonly turns: readonly RecordedTurn[]
  readonly report: Report
}

/** Takes down one review. Lines come in the order in which things ended. */
export interface Recorder {
  /** The model, with each turn taken down. */
  recording(model: Model): Model
  /** The last line. Gives the report as it was written: secrets masked. */
  finish(report: Report): Promise<Report>
}

interface RecorderNeeds {
  readonly clock: Pick<Clock, 'now'>
  /** Appends one line, without its end. Calls do not overlap. */
  readonly write: (line: string) => Promise<void>
  /** Masks secrets in one text. */
  readonly redact: (text: string) => string
}

/** Starts a trajectory with its first line. */
export function createRecorder({ clock, write, redact }: RecorderNeeds): Recorder {
  const started = clock.now()
  const ids = new Map<string, string>()
  let written = write(JSON.stringify({ kind: 'trajectory', format: FORMAT, version: VERSION }))
  const add = (line: Line) => {
    const text = JSON.stringify(masked(line, redact))
    written = written.then(() => write(text))
    return written
  }
  /** The id of something that requests share; it is written before it is named for the first time. */
  const idOf = (shared: Extract<Line, { id: string }>): string => {
    const key = JSON.stringify(shared)
    const known = ids.get(key)
    if (known !== undefined) return known
    const id = `${shared.kind}-${ids.size + 1}`
    ids.set(key, id)
    void add({ ...shared, id })
    return id
  }
  const turnLine = (request: ModelRequest, answer: ModelTurn, at: number): TurnLine => ({
    kind: 'turn',
    at: at - started,
    ms: clock.now() - at,
    model: request.model,
    maxTokens: request.maxTokens,
    system: request.system.map((text) => idOf({ kind: 'system', id: '', text })),
    tools: idOf({ kind: 'tools', id: '', tools: request.tools.map(toolOf) }),
    messages: request.messages.map((one) => idOf({ kind: 'message', id: '', ...messageOf(one) })),
    answer: answer.kind === 'failed' ? answer : { ...answer, content: [...answer.content] },
  })
  return {
    recording: (model) => ({
      async turn(request, signal) {
        const at = clock.now()
        const answer = await model.turn(request, signal)
        await add(turnLine(request, answer, at))
        return answer
      },
    }),
    async finish(report) {
      const line = masked({ kind: 'report' as const, report }, redact)
      await add(line)
      // Its fields in the order in which they are read again, so that both print the same bytes.
      return Report.safeParse(line.report).data ?? line.report
    },
  }
}

const messageOf = ({ role, content }: ModelMessage) => ({ role, content: [...content] })
const toolOf = (tool: ModelTool) => ({ ...tool, inputSchema: { ...tool.inputSchema } })

/** The same value with secrets masked in each of its texts, and in no name of a field. */
function masked<T>(value: T, redact: (text: string) => string): T {
  // What comes out is what went in but for the words of its texts.
  return JSON.parse(JSON.stringify(value), (_, inner: unknown) =>
    typeof inner === 'string' ? redact(inner) : inner,
  ) as T
}

/**
 * Reads a trajectory that was written by this program or an earlier one. Whatever is wrong is said
 * with its line: another kind of file, a newer format, a line that was damaged, a missing end.
 */
export function parseTrajectory(file: string, text: string): Read<Trajectory> {
  const [first = '', ...rest] = text.split('\n')
  const wrong = faultOfHead(first)
  if (wrong !== null) return refused({ file, line: 1, reason: wrong })
  const shared: Shared = { system: new Map(), tools: new Map(), messages: new Map() }
  const turns: RecordedTurn[] = []
  for (const [index, written] of rest.entries()) {
    if (written === '') continue
    const line = Line.safeParse(jsonOf(written))
    if (!line.success) {
      const reason = `is damaged: ${faultOfLine(written, line.error)}`
      return refused({ file, line: index + 2, reason })
    }
    if (line.data.kind === 'report') return { ok: true, value: { turns, report: line.data.report } }
    const missing = take(line.data, shared, turns)
    if (missing !== null) {
      const reason = `is damaged: ${missing} is named and stands nowhere before`
      return refused({ file, line: index + 2, reason })
    }
  }
  const reason =
    'ends before its report: the review was interrupted, so there is nothing to show again'
  return refused({ file, line: null, reason })
}

function refused(complaint: Complaint): Extract<Read<never>, { ok: false }> {
  return { ok: false, complaints: [complaint] }
}

function faultOfHead(line: string): string | null {
  const raw = jsonOf(line)
  if (!Head.safeParse(raw).success)
    return 'is not a trajectory; --trajectory FILE writes one during a review'
  const head = Versioned.safeParse(raw)
  if (!head.success) return 'names no version of the format'
  return head.data.version > VERSION
    ? `was written in version ${head.data.version} of the format by a newer tech-lead; this one reads up to version ${VERSION}`
    : null
}

function faultOfLine(line: string, error: z.ZodError): string {
  if (jsonOf(line) === undefined) return 'not JSON'
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  return `${path === '' ? '' : `${path}: `}${issue?.message ?? 'unknown content'}`
}

interface Shared {
  readonly system: Map<string, string>
  readonly tools: Map<string, readonly ModelTool[]>
  readonly messages: Map<string, ModelMessage>
}

/** Takes one line in. Gives the id that it names and nobody has written, or null. */
function take(
  line: Exclude<Line, { kind: 'report' }>,
  shared: Shared,
  turns: RecordedTurn[],
): string | null {
  switch (line.kind) {
    case 'system':
      shared.system.set(line.id, line.text)
      return null
    case 'tools':
      shared.tools.set(line.id, line.tools)
      return null
    case 'message':
      shared.messages.set(line.id, { role: line.role, content: line.content })
      return null
    case 'turn': {
      const system = line.system.map((id) => shared.system.get(id) ?? id)
      const tools = shared.tools.get(line.tools)
      const messages = line.messages.flatMap((id) => shared.messages.get(id) ?? [])
      const unknown =
        line.system.find((id) => !shared.system.has(id)) ??
        line.messages.find((id) => !shared.messages.has(id))
      if (unknown !== undefined || tools === undefined) return unknown ?? line.tools
      const { model, maxTokens, answer } = line
      turns.push({ request: { model, maxTokens, system, tools, messages }, answer })
      return null
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
