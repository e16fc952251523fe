import { Router } from 'express'
import { z } from 'zod'
import { db } from '../mongo.js'
import { requireSeller } from '../auth.js'

const Filter = z.object({
  sku: z.string().max(64).optional(),
  state: z.enum(['ACTIVE', 'PAUSED', 'SOLD_OUT']).optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
})

const escapeRegex = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

export const offers = Router()

offers.get('/offers', requireSeller, async (req, res, next) => {
  const filter = Filter.safeParse(req.query)
  if (!filter.success) return res.status(400).json({ error: 'invalid filter' })
  const { sku, state, page } = filter.data

  const query = { sellerId: req.seller.id }
  if (sku) query.sku = { $regex: `^${escapeRegex(sku)}` }
  if (state) query.state = state

  try {
    const rows = await db
      .collection('mirakl_offers')
      .find(query, { projection: { _id: 0, offerId: 1, sku: 1, state: 1, price: 1 } })
      .sort({ offerId: 1 })
      .skip((page - 1) * 50)
      .limit(50)
      .toArray()
    res.json({ page, offers: rows })
  } catch (err) {
    next(err)
  }
})
