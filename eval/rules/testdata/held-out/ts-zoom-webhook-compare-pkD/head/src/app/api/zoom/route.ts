import { createHmac } from 'node:crypto'
import { NextResponse } from 'next/server'
import { saveMeetingState } from '@/lib/meetings'
import { env } from '@/lib/env'

export const runtime = 'nodejs'
const TOLERANCE_SECONDS = 300

function sign(value: string): string {
  return createHmac('sha256', env.ZOOM_SECRET_TOKEN).update(value).digest('hex')
}

export async function POST(request: Request) {
  const raw = await request.text()
  const timestamp = request.headers.get('x-zm-request-timestamp') ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(timestamp)) <= TOLERANCE_SECONDS)) {
    return NextResponse.json({ error: 'stale' }, { status: 401 })
  }
  const expected = `v0=${sign(`v0:${timestamp}:${raw}`)}`
  if (request.headers.get('x-zm-signature') !== expected) {
    return NextResponse.json({ error: 'signature' }, { status: 401 })
  }

  const body = JSON.parse(raw)
  if (body.event === 'endpoint.url_validation') {
    const { plainToken } = body.payload
    return NextResponse.json({ plainToken, encryptedToken: sign(plainToken) })
  }
  if (body.event === 'meeting.started' || body.event === 'meeting.ended') {
    await saveMeetingState({
      meetingUuid: body.payload.object.uuid,
      state: body.event === 'meeting.started' ? 'live' : 'ended',
      eventTs: body.event_ts,
    })
  }
  return NextResponse.json({ ok: true })
}
