import { Hono } from 'hono'
import { deployments } from '../deployments'
import { env } from '../env'
import { log } from '../log'
import { isFromSlack } from './verify'

export const slack = new Hono()

slack.post('/slack/commands/deploy', async (c) => {
  const raw = await c.req.text()
  if (!isFromSlack(raw, c.req.raw.headers, env.SLACK_SIGNING_SECRET)) {
    return c.text('unauthorized', 401)
  }

  const form = new URLSearchParams(raw)
  const [service, version] = (form.get('text') ?? '').trim().split(/\s+/)
  if (!service || !version || !/^v\d+\.\d+\.\d+$/.test(version)) {
    return c.json({ response_type: 'ephemeral', text: 'Usage: /deploy <service> <vX.Y.Z>' })
  }
  if (!(await deployments.mayDeploy(form.get('user_id') ?? '', service))) {
    return c.json({ response_type: 'ephemeral', text: `You may not deploy ${service}.` })
  }

  const run = await deployments.enqueue({ service, version, requestedBy: form.get('user_id') ?? '' })
  log.info({ service, version, run: run.id }, 'deployment requested from slack')
  return c.json({ response_type: 'in_channel', text: `Deploying ${service} ${version} (run ${run.id}).` })
})
