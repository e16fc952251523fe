import { logger } from '../logger'

const BREVO_API_KEY =
  process.env.BREVO_API_KEY ??
  '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'

export interface TransactionalMail {
  templateId: number
  to: { email: string; name?: string }
  params: Record<string, string>
}

export class BrevoError extends Error {
  constructor(readonly status: number, readonly code: string | undefined) {
    super(`brevo: ${status} ${code ?? ''}`.trim())
  }
}

export async function sendTransactional(mail: TransactionalMail): Promise<string> {
  const response = await fetch('https://api.brevo.com/v3/smtp/email', {
    method: 'POST',
    headers: {
      'api-key': BREVO_API_KEY,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ templateId: mail.templateId, to: [mail.to], params: mail.params }),
    signal: AbortSignal.timeout(10_000),
  })

  if (!response.ok) {
    const body = (await response.json().catch(() => ({}))) as { code?: string }
    throw new BrevoError(response.status, body.code)
  }
  const { messageId } = (await response.json()) as { messageId: string }
  logger.info({ templateId: mail.templateId, messageId }, 'mail handed to brevo')
  return messageId
}
