import { Router } from 'express'
import { z } from 'zod'
import { requireUser } from '../auth/require-user'
import { salesforce } from '../salesforce/connection'

const Query = z.object({ q: z.string().min(2).max(80) })

interface OpportunityRow {
  Id: string
  Name: string
  StageName: string
  Amount: number | null
}

export const opportunities = Router()

opportunities.get('/search', requireUser, async (req, res, next) => {
  const query = Query.safeParse(req.query)
  if (!query.success) {
    res.status(400).json({ error: 'q must have 2 to 80 characters' })
    return
  }
  try {
    const connection = await salesforce()
    const result = await connection.query<OpportunityRow>(
      `SELECT Id, Name, StageName, Amount FROM Opportunity ` +
        `WHERE Account.Customer_Number__c = '${req.user.customerNumber}' ` +
        `AND Name LIKE '%${query.data.q}%' ORDER BY LastModifiedDate DESC LIMIT 50`,
    )
    res.json(
      result.records.map((r) => ({ id: r.Id, name: r.Name, stage: r.StageName, amount: r.Amount })),
    )
  } catch (error) {
    next(error)
  }
})
