import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { jobs } from '../jobs.js'

const Hook = z.object({
  scope: z.string().startsWith('store/'),
  hash: z.string().min(1),
  producer: z.string(),
  created_at: z.number().int(),
  data: z.object({ id: z.number().int(), type: z.string() }),
})

const mask = randomBytes(32)
const same = (a, b) =>
  timingSafeEqual(createHmac('sha256', mask).update(a).digest(), createHmac('sha256', mask).update(b).digest())

export function bigcommerceHooks({ hookSecret }) {
  if (!hookSecret) throw new Error('BIGCOMMERCE_HOOK_SECRET is not set')

  const app = new Hono()

  app.post('/', bodyLimit({ maxSize: 16 * 1024 }), async (c) => {
    // header configured with POST /v3/hooks { headers: { 'x-hook-secret': … } }
    if (!same(c.req.header('x-hook-secret') ?? '', hookSecret)) return c.body(null, 401)

    const hook = Hook.safeParse(await c.req.json().catch(() => null))
    if (!hook.success) return c.body(null, 400)

    // the hook holds an id only; the job reads the order from the API
    await jobs.enqueue('bigcommerce.refresh', hook.data, { unique: hook.data.hash })
    return c.body(null, 200)
  })

  return app
}
