import { Router } from 'express'
import { z } from 'zod'
import { requireUser } from '../auth/require-user'
import { salesforce } from '../salesforce/connection'

const Query = z.object({
  q: z
    .string()
    .min(2)
    .max(80)
    .transform((text) => text.replace(/[%_\\]/g, '\\$&')),
})

export const accountSearch = Router()

accountSearch.get('/', requireUser, async (req, res, next) => {
  const query = Query.safeParse(req.query)
  if (!query.success) {
    res.status(400).json({ error: 'q must have 2 to 80 characters' })
    return
  }
  try {
    const connection = await salesforce()
    const records = await connection
      .sobject('Account')
      .find(
        { Region__c: req.user.region, Name: { $like: `%${query.data.q}%` } },
        { Id: 1, Name: 1, BillingCity: 1 },
      )
      .sort({ Name: 1 })
      .limit(50)
      .execute()
    res.json(records.map((r) => ({ id: r.Id, name: r.Name, city: r.BillingCity })))
  } catch (error) {
    next(error)
  }
})
