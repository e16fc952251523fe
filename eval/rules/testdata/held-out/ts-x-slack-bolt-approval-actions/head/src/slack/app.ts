import { App } from '@slack/bolt'
import { z } from 'zod'
import { config } from '../config'
import { leaveRequests } from '../hr/leave-requests'
import { log } from '../log'

const Decision = z.object({ requestId: z.string().uuid(), approve: z.boolean() })

export const app = new App({
  token: config.slack.botToken,
  signingSecret: config.slack.signingSecret,
  endpoints: '/slack/events',
  clientOptions: { timeout: 8_000, retryConfig: { retries: 3 } },
})

app.action('leave_decision', async ({ ack, action, body, respond }) => {
  await ack()
  if (action.type !== 'button' || !action.value) return

  const decision = Decision.parse(JSON.parse(action.value))
  const changed = await leaveRequests.decide(decision.requestId, {
    approved: decision.approve,
    bySlackUser: body.user.id,
  })
  await respond({
    replace_original: true,
    text: changed ? `Decided by <@${body.user.id}>.` : 'This request had been decided already.',
  })
})

app.error(async (error) => {
  log.error({ code: error.code, message: error.message }, 'slack app failed')
})
