import { createHmac, timingSafeEqual } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { approvals } from '../approvals'
import { env } from '../env'
import { BlockActions } from '../schemas/slack'

const FIVE_MINUTES = 5 * 60

const slackOnly: MiddlewareHandler = async (c, next) => {
  const sentAt = c.req.header('x-slack-request-timestamp') ?? ''
  const age = Math.abs(Math.floor(Date.now() / 1000) - Number.parseInt(sentAt, 10))
  if (!(age <= FIVE_MINUTES)) {
    return c.text('stale request', 401)
  }
  const digest = createHmac('sha256', env.SLACK_SIGNING_SECRET)
    .update(`v0:${sentAt}:${await c.req.text()}`)
    .digest('hex')
  const ours = Buffer.from(`v0=${digest}`)
  const theirs = Buffer.from(c.req.header('x-slack-signature') ?? '')
  if (ours.byteLength !== theirs.byteLength || !timingSafeEqual(ours, theirs)) {
    return c.text('bad signature', 401)
  }
  return next()
}

export const slackInteractivity = new Hono()

slackInteractivity.post('/', bodyLimit({ maxSize: 128 * 1024 }), slackOnly, async (c) => {
  const form = new URLSearchParams(await c.req.text())
  const parsed = BlockActions.safeParse(JSON.parse(form.get('payload') ?? '{}'))
  if (!parsed.success) {
    return c.text('unsupported interaction', 400)
  }
  const action = parsed.data.actions[0]
  // setting the same decision twice is a no-op
  await approvals.decide(action.value, { by: parsed.data.user.id, decision: action.action_id })
  return c.body(null, 200)
})
