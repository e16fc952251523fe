import { raw, Router } from 'express'
import { deployQueue } from '../queues/deployQueue'
import { logger } from '../logger'
import { verifySlackRequest } from './verifyRequest'

export const slackCommands = Router()

slackCommands.post(
  '/slack/commands/deploy',
  raw({ type: '*/*', limit: '256kb' }),
  verifySlackRequest,
  async (req, res, next) => {
    const form = new URLSearchParams((req.body as Buffer).toString('utf8'))
    const service = form.get('text')?.trim() ?? ''
    const triggerId = form.get('trigger_id')
    if (!triggerId || !/^[a-z][a-z0-9-]{1,40}$/.test(service)) {
      res.json({ response_type: 'ephemeral', text: 'Usage: /deploy <service>' })
      return
    }
    try {
      await deployQueue.add('deploy', { service, user: form.get('user_id') })
      logger.info({ service }, 'deploy queued')
      res.json({ response_type: 'in_channel', text: `Deploying ${service}…` })
    } catch (err) {
      next(err)
    }
  },
)
