import { createHash, timingSafeEqual } from 'node:crypto'
import { NextRequest, NextResponse } from 'next/server'
import { env } from '@/env'
import { queue } from '@/lib/queue'

interface OktaEvents {
  eventId: string
  data: { events: { uuid: string; eventType: string; target: { id: string; type: string; alternateId: string }[] }[] }
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function authorized(request: NextRequest): boolean {
  return timingSafeEqual(digest(request.headers.get('authorization') ?? ''), digest(env.OKTA_HOOK_SECRET))
}

export async function GET(request: NextRequest) {
  if (!authorized(request)) return new NextResponse(null, { status: 401 })
  return NextResponse.json({ verification: request.headers.get('x-okta-verification-challenge') })
}

export async function POST(request: NextRequest) {
  if (!authorized(request)) return new NextResponse(null, { status: 401 })

  const body = (await request.json()) as OktaEvents
  for (const event of body.data.events) {
    if (event.eventType !== 'user.lifecycle.deactivate') continue
    await queue.publish(
      'user.deactivated',
      { oktaId: event.target[0].id, email: event.target[0].alternateId },
      { dedupeId: event.uuid },
    )
  }
  return new NextResponse(null, { status: 204 })
}
