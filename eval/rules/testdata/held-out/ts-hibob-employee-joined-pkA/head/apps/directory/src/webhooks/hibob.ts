import { createHmac, timingSafeEqual } from 'node:crypto'
import express, { Router } from 'express'
import { prisma } from '../prisma'
import { env } from '../env'

interface HibobEvent {
  type: string
  companyId: number
  triggeredAt: string
  data: { employee: { id: string; email: string; displayName: string; site: string } }
}

function validSignature(raw: Buffer, header: string | undefined): boolean {
  const given = Buffer.from(header ?? '', 'base64')
  const expected = createHmac('sha512', env.HIBOB_WEBHOOK_SECRET).update(raw).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export const hibob = Router()

hibob.post('/', express.raw({ type: 'application/json', limit: '200kb' }), async (req, res, next) => {
  if (!validSignature(req.body, req.header('bob-signature'))) {
    return res.sendStatus(401)
  }
  try {
    const event = JSON.parse(req.body.toString('utf8')) as HibobEvent
    if (event.type !== 'employee.joined') return res.sendStatus(204)

    const employee = event.data.employee
    const fields = {
      email: employee.email.toLowerCase(),
      displayName: employee.displayName,
      site: employee.site,
    }
    await prisma.directoryEntry.upsert({
      where: { hibobId: employee.id },
      create: { hibobId: employee.id, ...fields },
      update: fields,
    })
    res.sendStatus(204)
  } catch (error) {
    next(error)
  }
})
