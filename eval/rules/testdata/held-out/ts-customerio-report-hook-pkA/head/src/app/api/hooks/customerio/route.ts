import crypto from 'node:crypto'
import { NextRequest, NextResponse } from 'next/server'
import { z } from 'zod'
import { db } from '@/db'
import { deliveryEvents } from '@/db/schema'

export const runtime = 'nodejs'

const Report = z.object({
  event_id: z.string(),
  object_type: z.string(),
  metric: z.string(),
  timestamp: z.number().int(),
  data: z.object({ customer_id: z.string().optional(), delivery_id: z.string().optional() }),
})

function trusted(request: NextRequest, raw: string): boolean {
  const sentAt = request.headers.get('x-cio-timestamp') ?? ''
  const drift = Date.now() / 1000 - Number.parseInt(sentAt, 10)
  if (!(Math.abs(drift) < 600)) return false

  const ours = crypto
    .createHmac('sha256', process.env.CUSTOMERIO_SIGNING_KEY as string)
    .update(`v0:${sentAt}:${raw}`)
    .digest('hex')
  const theirs = request.headers.get('x-cio-signature') ?? ''
  return ours.length === theirs.length && crypto.timingSafeEqual(Buffer.from(ours, 'latin1'), Buffer.from(theirs, 'latin1'))
}

export async function POST(request: NextRequest) {
  const raw = await request.text()
  if (!trusted(request, raw)) return new NextResponse(null, { status: 401 })

  let report: z.infer<typeof Report>
  try {
    report = Report.parse(JSON.parse(raw))
  } catch {
    return NextResponse.json({ error: 'unexpected body' }, { status: 400 })
  }

  await db
    .insert(deliveryEvents)
    .values({
      eventId: report.event_id,
      kind: `${report.object_type}.${report.metric}`,
      customerId: report.data.customer_id ?? null,
      occurredAt: new Date(report.timestamp * 1000),
    })
    .onConflictDoNothing({ target: deliveryEvents.eventId })
  return new NextResponse(null, { status: 204 })
}
