import { NextResponse } from 'next/server'
import { z } from 'zod'
import { prisma } from '@/lib/prisma'
import { logger } from '@/lib/logger'

const Notification = z.object({
  notificationId: z.string().uuid(),
  accountId: z.string(),
  type: z.literal('BOOKED_CREDIT'),
  amount: z.string().regex(/^\d{1,12}\.\d{2}$/),
  currency: z.literal('EUR'),
  remittance: z.string().max(140),
})

export async function POST(request: Request) {
  const parsed = Notification.safeParse(await request.json().catch(() => null))
  if (!parsed.success) {
    return NextResponse.json({ error: 'invalid notification' }, { status: 400 })
  }
  const { notificationId, accountId, amount, remittance } = parsed.data

  await prisma.$transaction(async (tx) => {
    const account = await tx.account.update({
      where: { bankAccountId: accountId },
      data: { balance: { increment: amount } },
    })
    await tx.ledgerEntry.create({
      data: { accountId: account.id, amount, currency: 'EUR', text: remittance },
    })
  })
  logger.info({ notificationId, accountId }, 'credit booked')
  return NextResponse.json({ received: true })
}
