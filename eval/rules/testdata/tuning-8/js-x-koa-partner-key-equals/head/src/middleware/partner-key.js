import { logger } from '../logger.js'
import { partners } from '../partners/repository.js'

const PARTNER_ID = /^[a-z][a-z0-9-]{2,30}$/

/** Partners send x-partner-id and x-partner-key with each file exchange call. */
export function partnerKey({ scope }) {
  return async (ctx, next) => {
    const id = ctx.get('x-partner-id')
    const key = ctx.get('x-partner-key')
    if (!PARTNER_ID.test(id) || key.length === 0) {
      ctx.status = 401
      ctx.body = { error: 'partner credentials missing' }
      return
    }

    const partner = await partners.active(id)
    if (!partner || partner.apiKey !== key) {
      logger.warn({ partner: id, ip: ctx.ip }, 'partner refused')
      ctx.status = 401
      ctx.body = { error: 'partner credentials not valid' }
      return
    }
    if (!partner.scopes.includes(scope)) {
      ctx.status = 403
      ctx.body = { error: `scope ${scope} is missing` }
      return
    }
    ctx.state.partner = { id: partner.id, name: partner.name }
    await next()
  }
}
