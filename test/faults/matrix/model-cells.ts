import {
  type AnswerBlock,
  call,
  calling,
  status,
  stopping,
  type Turn,
} from '../../world/model/turns.ts'

const text = (words: string): AnswerBlock => ({ type: 'text', text: words })

/** What a model or its service does wrong once; the next answer is as it should be. */
const PASSING: Readonly<Record<string, Turn>> = {
  'an overload': status(529, 'overloaded_error'),
  'a rate limit': status(429, 'rate_limit_error', 'slow down', { 'retry-after': '1' }),
  'an answer 500': status(500, 'api_error'),
  'an error in the stream': { kind: 'error-event', type: 'overloaded_error', message: 'busy' },
  'a stream that ends early': { kind: 'truncated', content: [text('I will look')] },
  'a cut connection': { kind: 'reset' },
  'the page of a proxy': { kind: 'html' },
  'an answer that is too long': stopping('max_tokens', text('And so on')),
  'a call that is no JSON': calling({
    ...call('read_file', {}),
    json: '{"path": "src/charge.ts", "version":',
  }),
  'a call without its fields': calling(call('report_finding', { class: 'timeout' })),
  'a call of no tool': calling(call('run_shell', { command: 'cat /etc/passwd' })),
  'a finding in no file': calling(
    call('report_finding', {
      ...{ class: 'timeout', impact: 'serious', likelihood: 'possible' },
      ...{ path: 'src/nowhere.ts', anchor: 'L1:000' },
      evidence: [{ path: 'src/nowhere.ts', anchor: 'L1:000' }],
      title: 'A call that may never end',
      scenario: 'The provider does not answer, and the caller waits for ever.',
      fix: 'Give the call a limit.',
    }),
  ),
  'an end without a word': stopping('end_turn', text('')),
}

/** One cell: a fault at one turn of a review, counted from 0. */
export interface ModelCell {
  readonly name: string
  readonly at: number
  readonly fault: Turn
}

/** Every fault at the first turn and in the middle of the conversation. */
export const MODEL_CELLS: readonly ModelCell[] = Object.entries(PASSING).flatMap(([name, fault]) =>
  [0, 1].map((at) => ({ name, at, fault })),
)

/** What stays wrong: nothing that the model says can be used, or nothing is said at all. */
export const LASTING: Readonly<Record<string, Turn>> = {
  'a refusal': stopping('refusal', text('No.')),
  'no credit': status(400, 'invalid_request_error', 'Your credit balance is too low'),
  'a refused key': status(401, 'authentication_error'),
  'no such model': status(404, 'not_found_error'),
}
