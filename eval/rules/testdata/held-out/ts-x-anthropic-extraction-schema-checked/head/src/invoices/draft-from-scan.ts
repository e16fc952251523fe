import Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import { erp } from '../erp/client'
import { vendors } from '../vendors/repository'
import { reviewQueue } from './review-queue'

const anthropic = new Anthropic({ timeout: 60_000, maxRetries: 2 })

const Fields = z.strictObject({
  vendorNumber: z.string().regex(/^\d{5,8}$/),
  invoiceNumber: z.string().min(1).max(40),
  grossCents: z.number().int().positive().max(100_000_000),
  currency: z.enum(['EUR', 'CHF', 'DKK']),
  dueOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
})

function parseFields(text: string) {
  try {
    return Fields.safeParse(JSON.parse(text))
  } catch (error) {
    return { success: false as const, error: error as Error }
  }
}

export async function draftFromScan(documentId: string, text: string): Promise<void> {
  const message = await anthropic.messages.create({
    model: 'claude-sonnet-4-20250514',
    max_tokens: 500,
    system: 'Return only the invoice fields as one JSON object.',
    messages: [{ role: 'user', content: text.slice(0, 50_000) }],
  })
  const block = message.content.find((part) => part.type === 'text')
  const parsed = parseFields(block?.text ?? '')
  if (!parsed.success) {
    await reviewQueue.add(documentId, `fields not readable: ${parsed.error.message}`)
    return
  }
  if (!(await vendors.exists(parsed.data.vendorNumber))) {
    await reviewQueue.add(documentId, 'vendor not known')
    return
  }
  await erp.createVendorInvoiceDraft({ ...parsed.data, externalId: documentId })
}
