import { randomUUID } from 'node:crypto'
import pRetry, { AbortError } from 'p-retry'
import { logger } from '../logger'
import type { PayrollLine } from '../domain/payroll-line'

const BASE = 'https://api.transferwise.com'

export async function transferSalary(line: PayrollLine, quoteId: string): Promise<number> {
  return pRetry(
    async () => {
      const response = await fetch(`${BASE}/v1/transfers`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${process.env.WISE_API_TOKEN}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({
          targetAccount: line.wiseRecipientId,
          quoteUuid: quoteId,
          customerTransactionId: randomUUID(),
          details: { reference: `Salary ${line.period}` },
        }),
        signal: AbortSignal.timeout(20_000),
      })

      if (response.status >= 500 || response.status === 429) {
        throw new Error(`wise answered ${response.status}`)
      }
      if (!response.ok) {
        throw new AbortError(`transfer for line ${line.id} refused with ${response.status}`)
      }
      const transfer = (await response.json()) as { id: number }
      return transfer.id
    },
    {
      retries: 4,
      minTimeout: 1_000,
      randomize: true,
      onFailedAttempt: (error) =>
        logger.warn({ lineId: line.id, attempt: error.attemptNumber }, 'salary transfer failed'),
    },
  )
}
