import { expect, test } from 'vitest'
import { createMetrics } from '#server/metrics'
import type { StoreReading } from '#server/store-gauges'
import { createLog } from '#wiring/log'

const READING: StoreReading = {
  queues: [
    { queue: 'review', waiting: 3, delayed: 2, active: 1, dead: 4, oldestWaitingMs: 90_000 },
  ],
  inbox: { waiting: 5, dead: 1, oldestMs: 1_500 },
  halted: 2,
  modelTrouble: 'account',
}

const linesOf = async (metrics: ReturnType<typeof createMetrics>) =>
  (await metrics.text()).body.split('\n').filter((line) => line.startsWith('tech_lead'))

test('what the store holds is read once for each look, with exact values', async () => {
  const metrics = createMetrics()
  let reads = 0
  metrics.watchStore(async () => {
    reads += 1
    return READING
  })
  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'tech_lead_store_up 1',
      'tech_lead_queue_jobs{queue="review",state="waiting"} 3',
      'tech_lead_queue_jobs{queue="review",state="dead"} 4',
      'tech_lead_queue_oldest_seconds{queue="review"} 90',
      'tech_lead_inbox_deliveries{state="waiting"} 5',
      'tech_lead_inbox_oldest_seconds 1.5',
      'tech_lead_halted_scopes 2',
      'tech_lead_model_breaker_open{failure="account"} 1',
      'tech_lead_model_breaker_open{failure="transient"} 0',
    ]),
  )
  expect(reads).toBe(1)
})

test('a store that is away is said so, and nothing old is shown for it', async () => {
  const metrics = createMetrics()
  metrics.watchStore(() => Promise.reject(new Error('away')))
  const lines = await linesOf(metrics)
  expect(lines).toContain('tech_lead_store_up 0')
  expect(lines.filter((line) => line.startsWith('tech_lead_queue_jobs'))).toEqual([])
})

test('work, money and answers from outside are counted', async () => {
  const metrics = createMetrics()
  metrics.jobTried('review', 'done', 4)
  metrics.jobWaited('review', 0.2)
  metrics.modelTurn('refusal')
  metrics.modelRetires('claude-old', Date.UTC(2026, 10, 30) / 1_000)
  metrics.spent(0.25, { inputTokens: 1, cacheReadTokens: 2, cacheWriteTokens: 3, outputTokens: 4 })
  metrics.githubAnswered({ status: 200, left: 0.5 }, 17)
  metrics.githubAnswered({ status: 429, left: null }, 17)
  metrics.githubAnswered({ status: null, left: null }, 17)
  metrics.taskRan('sweep', 'failed')
  metrics.resent(6)
  expect(await linesOf(metrics)).toEqual(
    expect.arrayContaining([
      'tech_lead_jobs_total{kind="review",result="done"} 1',
      'tech_lead_job_wait_seconds_count{kind="review"} 1',
      'tech_lead_model_turns_total{result="refusal"} 1',
      'tech_lead_model_retires_timestamp_seconds{model="claude-old"} 1795996800',
      'tech_lead_model_usd_total 0.25',
      'tech_lead_model_tokens_total{kind="cache_read"} 2',
      'tech_lead_github_requests_total{status="2xx"} 1',
      'tech_lead_github_requests_total{status="429"} 1',
      'tech_lead_github_requests_total{status="none"} 1',
      'tech_lead_github_limit_left_ratio{installation="4523540f"} 0.5',
      'tech_lead_tasks_total{task="sweep",result="failed"} 1',
      'tech_lead_deliveries_resent_total 6',
    ]),
  )
})

test('however many installations there are, they get so many lines and no more', async () => {
  const metrics = createMetrics()
  for (let id = 1; id <= 1_000; id += 1) metrics.githubAnswered({ status: 200, left: 1 }, id)
  const lines = (await linesOf(metrics)).filter((line) => line.includes('limit_left_ratio{'))
  expect(lines).toHaveLength(201)
})

test('our own lines of the log are counted by their words, and not those of libraries', async () => {
  const metrics = createMetrics()
  const log = createLog({
    ...{ level: 'info', format: 'json', secrets: [], write: () => {} },
    seen: metrics.logged,
  })
  log.child({ delivery: 'd' }).warn({}, 'task failed')
  log.logger.warn('a stranger’s words')
  const lines = (await linesOf(metrics)).filter((line) => line.includes('log_events'))
  expect(lines).toEqual(['tech_lead_log_events_total{level="warn",event="task failed"} 1'])
})
