import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { plaid } from '../../banking/plaid'
import { jobs } from '../../jobs'
import { isFromPlaid } from './verify'

const Hook = z.object({ webhook_type: z.string(), webhook_code: z.string(), item_id: z.string() })

export const plaidWebhook = new Hono().post('/', bodyLimit({ maxSize: 64 * 1024 }), async (c) => {
  if (!(await isFromPlaid(plaid, c.req.header('plaid-verification')))) {
    return c.body(null, 401)
  }
  const hook = Hook.parse(await c.req.json())
  if (hook.webhook_code === 'SYNC_UPDATES_AVAILABLE') {
    await jobs.send('plaid-sync', { itemId: hook.item_id }, { singletonKey: hook.item_id })
  }
  return c.body(null, 200)
})
