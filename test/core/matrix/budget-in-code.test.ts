import { describe, expect, test } from 'vitest'
import { callIn, handlerIn } from '../../support/take-matrix-of.ts'

describe('how often and how long a call may take, as its code says', () => {
  test('the attempts of the SDK, of a wrapper and of a queue multiply', async () => {
    const { budget } = await callIn({
      'app/jobs/refund_job.rb': [
        'class RefundJob',
        '  include Sidekiq::Job',
        '  sidekiq_options queue: :money, retry: 4',
        '  def perform(charge)',
        '    attempts = 0',
        '    begin',
        '      Stripe::Refund.create({ charge: charge }, { max_network_retries: 1 })',
        '    rescue Stripe::APIConnectionError',
        '      attempts += 1',
        '      retry if attempts < 3',
        '      raise',
        '    end',
        '  end',
        'end',
      ].join('\n'),
    })
    expect(budget.layers.map(({ kind, retries }) => [kind, retries])).toEqual([
      ['call', 1],
      ['wrapper', 2],
      ['queue', 4],
    ])
    // 2 calls of the SDK, 3 tries of the loop, 5 runs of the job.
    expect(budget.attempts).toBe(2 * 3 * 5)
  })

  test('a limit and a number of attempts give the longest wait', async () => {
    const { budget } = await callIn({
      'src/pull.ts': [
        "import axios from 'axios'",
        "const crm = axios.create({ baseURL: 'https://api.crm.io', timeout: 4_000 })",
        'export async function pull(id: string) {',
        '  for (let attempt = 1; attempt <= 3; attempt += 1) {',
        '    try {',
        '      return await crm.get(`/contacts/${id}`)',
        '    } catch (error) {',
        '      if (attempt === 3) throw error',
        '    }',
        '  }',
        '}',
      ].join('\n'),
    })
    expect(budget.attempts).toBe(3)
    // Nothing says how long the loop waits: three times the limit is the least.
    expect(budget.answerMs).toEqual({ least: 12_000, most: null })
  })

  test('a call without any limit waits without end, however often it is made', async () => {
    const { budget } = await callIn({
      'src/pull.py': [
        'import requests',
        'def pull():',
        '    return requests.get("https://api.crm.io/contacts")',
      ].join('\n'),
    })
    expect(budget).toMatchObject({ attempts: 1, answerMs: 'endless' })
  })

  test('what nobody knows is an interval, not a number', async () => {
    const { budget } = await callIn({
      'src/pull.ts': [
        "import axios from 'axios'",
        "import axiosRetry from 'axios-retry'",
        "const crm = axios.create({ baseURL: 'https://api.crm.io', timeout: LIMIT })",
        'axiosRetry(crm, { retryDelay: axiosRetry.exponentialDelay })',
        "export const pull = () => crm.get('/contacts')",
      ].join('\n'),
    })
    expect(budget.attempts).toEqual({ least: 2, most: null })
    expect(budget.answerMs).toEqual({ least: 0, most: null })
  })
})

describe('the time before an answer', () => {
  const handler = (limit: string) =>
    handlerIn({
      'src/slack.ts': [
        "import axios from 'axios'",
        "import { app } from './app'",
        `const crm = axios.create({ baseURL: 'https://api.crm.io', ${limit} })`,
        "app.post('/webhooks/slack', async (req, res) => {",
        '  if (!verifySlackSignature(req.rawBody, req.headers)) return res.sendStatus(401)',
        "  await crm.post('/notes', req.body)",
        '  res.sendStatus(200)',
        '})',
      ].join('\n'),
    })

  test('calls that may take longer than the sender waits are said to', async () => {
    const { deadline, cells } = await handler('timeout: 5_000')
    // Slack waits 3 seconds: https://docs.slack.dev/apis/events-api/
    expect(deadline).toMatchObject({ seconds: 3, answerMs: 5_000, verdict: 'exceeds' })
    expect(cells['in-time'].state).toBe('missing')
  })

  test('calls that fit are not', async () => {
    const { deadline } = await handler('timeout: 1_000')
    expect(deadline).toMatchObject({ seconds: 3, answerMs: 1_000, verdict: 'within' })
  })
})
