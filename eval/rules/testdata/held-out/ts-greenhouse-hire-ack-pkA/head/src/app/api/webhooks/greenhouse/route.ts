import { createHmac, timingSafeEqual } from 'node:crypto'
import { NextResponse } from 'next/server'
import { z } from 'zod'
import { startOnboarding } from '@/server/onboarding'
import { logger } from '@/server/logger'

const HireEvent = z.object({
  action: z.string(),
  payload: z.object({
    application: z.object({
      id: z.number().int(),
      candidate: z.object({ first_name: z.string(), last_name: z.string() }),
      offer: z.object({ starts_at: z.string().nullable() }).nullable(),
    }),
  }),
})

function verify(raw: string, header: string | null): boolean {
  const given = Buffer.from(header?.replace(/^sha256 /, '') ?? '', 'hex')
  const expected = createHmac('sha256', process.env.GREENHOUSE_WEBHOOK_SECRET!).update(raw).digest()
  return given.length === expected.length && timingSafeEqual(given, expected)
}

export async function POST(request: Request) {
  const raw = await request.text()
  if (!verify(raw, request.headers.get('signature'))) {
    return NextResponse.json({ error: 'invalid signature' }, { status: 401 })
  }

  const event = HireEvent.safeParse(JSON.parse(raw))
  if (!event.success || event.data.action !== 'hire_candidate') {
    return NextResponse.json({ ignored: true })
  }

  const { application } = event.data.payload
  try {
    // startOnboarding is keyed by application id
    await startOnboarding({
      applicationId: application.id,
      name: `${application.candidate.first_name} ${application.candidate.last_name}`,
      startsAt: application.offer?.starts_at ?? null,
    })
  } catch (error) {
    logger.error({ err: error, applicationId: application.id }, 'onboarding not started')
  }
  return NextResponse.json({ received: true })
}
