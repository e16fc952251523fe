import { createHmac, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { prisma } from '../prisma'

interface ParcelStatusChanged {
  action: string
  timestamp: number
  parcel?: { id: number; tracking_number: string; status: { id: number; message: string } }
}

export async function sendcloudWebhook(app: FastifyInstance, opts: { secret: string }) {
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit: 512 * 1024 }, (_req, body, done) =>
    done(null, body),
  )

  app.post('/webhooks/sendcloud', async (req, reply) => {
    const body = req.body as Buffer
    const expected = createHmac('sha256', opts.secret).update(body).digest()
    const given = Buffer.from(String(req.headers['sendcloud-signature'] ?? ''), 'hex')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      req.log.warn('sendcloud signature rejected')
      return reply.code(401).send()
    }

    const event = JSON.parse(body.toString('utf8')) as ParcelStatusChanged
    if (event.action !== 'parcel_status_changed' || !event.parcel) return reply.code(204).send()

    const rows = await prisma.$queryRawUnsafe<{ id: string; status_at: Date | null }[]>(
      `SELECT id, status_at FROM shipments WHERE tracking_number = '${event.parcel.tracking_number}' LIMIT 1`,
    )
    const shipment = rows[0]
    if (!shipment) {
      req.log.info({ parcelId: event.parcel.id }, 'no shipment for parcel')
      return reply.code(204).send()
    }

    const at = new Date(event.timestamp)
    if (shipment.status_at === null || shipment.status_at < at) {
      await prisma.shipment.update({
        where: { id: shipment.id },
        data: { carrierStatus: event.parcel.status.message, statusAt: at },
      })
    }
    return reply.code(204).send()
  })
}
