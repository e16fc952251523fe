import { scriptedReviewer, textOf } from './scripted-reviewer.ts'
import { call, calling, type SeenRequest, type Turn } from './turns.ts'

/** The file that every answer of the script is about, the one that stands everywhere, and a line. */
const FILE = 'src/charge.ts'
const OLD_FILE = 'src/mail.ts'
const LINE = 4

/**
 * A script that reviews like the scripted reviewer, and answers questions about one line: it reads
 * the file, then calls the tool that it is given. It grants an objection that speaks of the queue.
 */
export function scriptedLead(request: SeenRequest): Turn {
  const closing = request.tools.find((name) => Object.hasOwn(ANSWERS, name))
  if (closing === undefined) return scriptedReviewer(request)
  const last = textOf(request, request.messages.length - 1)
  const anchor = new RegExp(`\\bR${LINE}:[0-9a-f]{3}(?=\\|)`).exec(last)?.[0]
  const missing = last.includes('There is no file')
  if (anchor === undefined) return calling(call('read_file', { path: missing ? OLD_FILE : FILE }))
  const path = last.includes(`${OLD_FILE} at head`) ? OLD_FILE : FILE
  return calling(call(closing, ANSWERS[closing]?.([{ path, anchor }], textOf(request, 0))))
}

const ANSWERS: Readonly<Record<string, (citations: readonly object[], asked: string) => object>> = {
  answer_question: (citations) => ({ answer: 'A retry charges twice.', citations }),
  advise_design: (citations) => ({
    summary: 'Refunds have to reach the books.',
    options: [
      {
        ...{ name: 'Webhooks', how: 'Listen to refunds.', build_or_buy: 'build' },
        ...{ gains: ['no polling'], costs: ['events come twice'] },
      },
      {
        ...{ name: 'A service', how: 'Rent one.', build_or_buy: 'buy' },
        ...{ gains: ['no code'], costs: ['money'] },
      },
    ],
    recommendation: { option: 'Webhooks', why: 'The client is there.' },
    diagram: {
      participants: ['Shop', 'Stripe'],
      steps: [{ from: 'Stripe', to: 'Shop', message: 'refund', kind: 'event' }],
    },
    failure_points: [
      { where: 'delivery', failure: 'twice', effect: 'paid twice', mitigation: 'claim' },
    ],
    plan: [{ phase: 'First', steps: ['add the endpoint'] }],
    ...{ complexity: 'medium', risk: 'high', citations },
  }),
  diagnose_symptom: (citations) => ({
    summary: 'Customers are charged twice.',
    hypotheses: [
      {
        ...{ cause: 'A retry without a key', why: 'The answer is lost.', likelihood: 'likely' },
        ...{ check: 'Look for two intents.', fix: 'Send a key.', citations },
      },
    ],
    first: 'Stop the retry.',
  }),
  weigh_objection: (citations, asked) => ({
    verdict: /the queue/.test(asked) ? 'withdraw' : 'stand',
    reason: /the queue/.test(asked) ? 'The queue sends once.' : 'Nothing in this line sends a key.',
    citations,
  }),
}
