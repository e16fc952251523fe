import { Injectable } from '@nestjs/common'
import { z } from 'zod'

const Order = z.object({
  id: z.string(),
  event_id: z.string(),
  status: z.string(),
  changed: z.coerce.date(),
  costs: z.object({ gross: z.object({ value: z.number().int(), currency: z.string().length(3) }) }),
})
export type Order = z.infer<typeof Order>

@Injectable()
export class EventbriteApi {
  async getOrder(account: { token: string }, id: string): Promise<Order> {
    const response = await fetch(`https://www.eventbriteapi.com/v3/orders/${id}/`, {
      headers: { authorization: `Bearer ${account.token}` },
      signal: AbortSignal.timeout(6_000),
    })
    if (!response.ok) throw new Error(`eventbrite order ${id}: ${response.status}`)
    return Order.parse(await response.json())
  }
}
