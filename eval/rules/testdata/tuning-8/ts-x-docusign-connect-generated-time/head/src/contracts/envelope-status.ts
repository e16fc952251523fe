import { z } from 'zod'
import type { PrismaClient } from '@prisma/client'
import type { Logger } from 'pino'

const ConnectEvent = z.object({
  event: z.string().regex(/^envelope-[a-z]+$/),
  generatedDateTime: z.string().datetime({ offset: true }),
  data: z.object({ envelopeId: z.string().uuid() }),
})

/** Returns whether the event was newer than what the contract has. */
export async function applyEnvelopeEvent(prisma: PrismaClient, log: Logger, job: unknown): Promise<boolean> {
  const { event, generatedDateTime, data } = ConnectEvent.parse(job)
  const at = new Date(generatedDateTime)

  const { count } = await prisma.contract.updateMany({
    where: {
      envelopeId: data.envelopeId,
      OR: [{ statusAt: null }, { statusAt: { lt: at } }],
    },
    data: { status: event.slice('envelope-'.length), statusAt: at },
  })
  log.info({ envelopeId: data.envelopeId, event, applied: count > 0 }, 'docusign event')
  return count > 0
}
