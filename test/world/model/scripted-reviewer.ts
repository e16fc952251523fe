import { type AnswerBlock, call, calling, finishing, type SeenRequest, type Turn } from './turns.ts'

/** A line of the prompt's diff, by which findings are anchored. */
interface ShownLine {
  readonly path: string
  readonly anchor: string
  readonly sign: string
  readonly text: string
}

interface Opinion {
  readonly class: string
  readonly impact: string
  readonly likelihood: string
  readonly sees: RegExp
  /** What would make it harmless, anywhere in the same diff. */
  readonly unless: RegExp
  readonly title: string
  readonly scenario: string
  readonly fix: string
}

const OPINIONS: readonly Opinion[] = [
  {
    class: 'idempotency',
    impact: 'severe',
    likelihood: 'expected',
    sees: /\b(?:charges|paymentIntents|payment_intents|refunds|transfers|payouts)\.create\(/i,
    unless: /idempotency/i,
    title: 'A repeated call creates a second payment',
    scenario:
      'The provider accepts the request, the response is lost, and the caller sends it again: without an idempotency key the customer pays twice.',
    fix: 'Pass an idempotency key that is derived from the order and stays the same over all attempts.',
  },
  {
    class: 'timeout',
    impact: 'serious',
    likelihood: 'possible',
    sees: /\bfetch\(|\baxios[.(]|\brequests\.(?:get|post|put|patch|delete)\(|\bgot[.(]/,
    unless: /timeout|AbortSignal|signal:/i,
    title: 'The call has no timeout',
    scenario:
      'The other side accepts the connection and never answers: the worker waits for ever, and soon all of them do.',
    fix: 'Set a timeout of a few seconds, for example `signal: AbortSignal.timeout(5000)`, and handle it as a retryable failure.',
  },
  {
    class: 'timing-unsafe-compare',
    impact: 'severe',
    likelihood: 'unlikely',
    sees: /(?:signature|hmac|digest)\w*\s*[!=]==?|[!=]==?\s*\w*(?:signature|hmac|digest)/i,
    unless: /timingSafeEqual|compare_digest/,
    title: 'The signature is compared in variable time',
    scenario:
      'An attacker measures how long the comparison takes and finds the expected signature byte by byte.',
    fix: 'Compare equally long buffers with `timingSafeEqual` or its counterpart.',
  },
  {
    class: 'error-handling',
    impact: 'serious',
    likelihood: 'possible',
    sees: /catch\s*(?:\([^)]*\))?\s*\{\s*\}|except[^:]*:\s*pass/,
    unless: /(?!)/,
    title: 'The failure is swallowed',
    scenario: 'The call fails, nobody notices, and the caller goes on as if it had succeeded.',
    fix: 'Log the failure with its correlation id and let the caller decide, or rethrow it.',
  },
  {
    class: 'secret-logging',
    impact: 'severe',
    likelihood: 'possible',
    sees: /(?:console\.\w+|logger?\.\w+|print)\([^)]*(?:secret|token|apiKey|api_key|authorization)/i,
    unless: /(?!)/,
    title: 'A credential is written to the log',
    scenario:
      'Whoever reads the logs, or the service that stores them, can act with this credential.',
    fix: 'Log an identifier of the credential instead of its value, and rotate the credential.',
  },
]

const MOST_FINDINGS = 6

/**
 * A script that behaves like a decent reviewer: it looks at its memory and at the code, reports
 * what its few opinions see on added lines (never what the evidence says already), writes down
 * what it learned about the code that stood there before, and finishes.
 */
export function scriptedReviewer(request: SeenRequest): Turn {
  if (request.tools.includes('judge_findings')) return holding(request)
  const answers = request.messages.filter((message) => message.role === 'assistant').length
  if (answers === 0) return look(request)
  if (answers === 1) return say(request)
  const severe = /^E\d+ \[[\w-]+, (?:critical|high)\b/m.test(textOf(request, 0))
  const summary = 'The change adds calls to external services and handles what they send.'
  return finishing(summary, severe ? 'high' : 'low')
}

/** A second opinion that every finding holds. */
export function holding(request: SeenRequest): Turn {
  const asked = [...textOf(request, 0).matchAll(/^(F\d+) \[/gm)].map(([, id]) => id)
  const verdicts = asked.map((finding) => ({ finding, verdict: 'holds', reason: 'As it says.' }))
  return calling(call('judge_findings', { verdicts }))
}

function look(request: SeenRequest): Turn {
  const prompt = textOf(request, 0)
  const paths = [...new Set(linesOf(prompt).map((line) => line.path))].slice(0, 3)
  return calling(
    {
      type: 'thinking',
      thinking: 'First the notes, then the code around the change.',
      signature: 'c2lnbmVk',
    },
    ...(request.tools.includes('memory')
      ? [call('memory', { command: 'view', path: '/memories' })]
      : []),
    call('search_code', {
      pattern: 'fetch\\(|axios|new Stripe|createTransport|sgMail|twilio|requests\\.',
      version: 'base',
    }),
    ...paths.map((path) => call('read_file', { path, version: 'head', limit: 200 })),
  )
}

function say(request: SeenRequest): Turn {
  const prompt = textOf(request, 0)
  const results = textOf(request, 2)
  const blocks: AnswerBlock[] = findings(prompt).map((input) => call('report_finding', input))
  if (request.tools.includes('memory')) blocks.push(...notes(results))
  return blocks.length === 0 ? finishing() : calling(...blocks)
}

function findings(prompt: string): readonly object[] {
  const lines = linesOf(prompt)
  const reports = OPINIONS.flatMap((opinion) => {
    const seen = new Set<string>()
    return lines.flatMap((line) => {
      const { path } = line
      const all = lines.filter((other) => other.path === path).map((other) => other.text)
      if (line.sign !== '+' || seen.has(path) || !opinion.sees.test(line.text)) return []
      if (all.some((text) => opinion.unless.test(text)) || isKnown(prompt, opinion.class, path))
        return []
      seen.add(path)
      const { sees: _, unless: __, ...words } = opinion
      return [{ ...words, path, anchor: line.anchor, evidence: [{ path, anchor: line.anchor }] }]
    })
  })
  return reports.slice(0, MOST_FINDINGS)
}

function isKnown(prompt: string, kind: string, path: string): boolean {
  return prompt
    .split('\n')
    .some((row) => /^E\d+ \[/.test(row) && row.includes(`[${kind},`) && row.includes(` ${path} `))
}

/** One note for each place that called a service before this change, and the link to them. */
function notes(results: string): readonly AnswerBlock[] {
  const hits = [...results.matchAll(/^(\S+) L(\d+):[0-9a-f]{3}\|(.*)$/gm)].slice(0, 5)
  const bullets = hits.map(([, path, line, code]) => {
    const shown = (code ?? '').trim().replaceAll('`', '').slice(0, 80)
    return `- An external service is called in \`${path}:${line}\`: \`${shown}\``
  })
  if (bullets.length === 0) return []
  const topic = '/memories/integrations.md'
  const index = '/memories/MEMORY.md'
  const text = ['# Integrations', '', ...bullets, ''].join('\n')
  const link =
    '- [Integrations](integrations.md): the external services in use and where they are called'
  const write = results.includes(topic)
    ? call('memory', {
        command: 'insert',
        path: topic,
        insert_line: 2,
        insert_text: bullets.join('\n'),
      })
    : call('memory', { command: 'create', path: topic, file_text: text })
  const name = results.includes(index)
    ? call('memory', { command: 'insert', path: index, insert_line: 0, insert_text: link })
    : call('memory', { command: 'create', path: index, file_text: `# Memory\n\n${link}\n` })
  return results.includes(topic) ? [write] : [write, name]
}

/** Every anchored line of the prompt's diffs. */
export function linesOf(prompt: string): readonly ShownLine[] {
  const sections = prompt.matchAll(
    /^<(data-[0-9a-f]+) is="diff of (.*?)(?:, \d+ of \d+ lines)?">\n([\s\S]*?)\n<\/\1>$/gm,
  )
  return [...sections].flatMap(([, , path, body]) =>
    [...(body ?? '').matchAll(/^([RL]\d+:[0-9a-f]{3})\|([ +-])(.*)$/gm)].map(
      ([, anchor, sign, text]) => ({
        path: path ?? '',
        anchor: anchor ?? '',
        sign: sign ?? '',
        text: text ?? '',
      }),
    ),
  )
}

/** The text of one message: its own words and those of tool results. */
export function textOf(request: SeenRequest, index: number): string {
  const parts = (request.messages[index]?.content ?? []).map((block) => {
    if (block.type === 'text') return String(block['text'])
    const content = block['content']
    if (!Array.isArray(content)) return String(content ?? '')
    return content.map((part: { text?: unknown }) => String(part.text ?? '')).join('\n')
  })
  return parts.join('\n')
}
