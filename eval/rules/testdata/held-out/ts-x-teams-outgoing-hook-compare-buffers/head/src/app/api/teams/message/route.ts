import { createHmac } from 'node:crypto'
import { NextRequest, NextResponse } from 'next/server'
import { z } from 'zod'
import { env } from '@/env'
import { vacationBalance } from '@/hr/balance'

const Message = z.object({
  id: z.string(),
  text: z.string().max(4_000),
  from: z.object({ aadObjectId: z.string().uuid() }),
})

export const runtime = 'nodejs'

function fromTeams(body: string, header: string | null): boolean {
  if (!header?.startsWith('HMAC ')) return false
  const sent = Buffer.from(header.slice(5), 'base64')
  const mac = createHmac('sha256', Buffer.from(env.TEAMS_HOOK_SECRET, 'base64')).update(body, 'utf8').digest()
  return mac.equals(sent)
}

export async function POST(request: NextRequest) {
  const body = await request.text()
  if (!fromTeams(body, request.headers.get('authorization'))) {
    return NextResponse.json({ error: 'not authorised' }, { status: 401 })
  }

  const message = Message.safeParse(JSON.parse(body))
  if (!message.success) {
    return NextResponse.json({ type: 'message', text: 'I did not understand that.' })
  }
  const days = await vacationBalance(message.data.from.aadObjectId)
  return NextResponse.json({
    type: 'message',
    text: days === null ? 'I do not know you yet.' : `You have ${days} days left this year.`,
  })
}
