import { randomUUID } from 'node:crypto'
import { Agent, request } from 'undici'
import { config } from '../config'
import { logger } from '../logger'
import { signAndEncrypt } from './smime'
import type { EdiMessage, Partner } from './types'

const agent = new Agent({
  connect: { timeout: 10_000, rejectUnauthorized: false },
  headersTimeout: 60_000,
  bodyTimeout: 60_000,
})

export class As2Error extends Error {
  constructor(
    readonly status: number,
    partner: string,
  ) {
    super(`as2 ${partner}: ${status}`)
  }
}

export async function sendAs2(partner: Partner, message: EdiMessage): Promise<{ messageId: string; mic: string }> {
  const messageId = `<${randomUUID()}@${config.as2.host}>`
  const { body, contentType, mic } = await signAndEncrypt(partner, message)

  const response = await request(partner.url, {
    method: 'POST',
    dispatcher: agent,
    headers: {
      'as2-version': '1.2',
      'as2-from': config.as2.id,
      'as2-to': partner.as2Id,
      'message-id': messageId,
      'content-type': contentType,
      'disposition-notification-to': config.as2.mdnAddress,
      'receipt-delivery-option': config.as2.asyncMdnUrl,
    },
    body,
  })
  await response.body.dump({ limit: 64 * 1024 })
  if (response.statusCode >= 300) {
    throw new As2Error(response.statusCode, partner.as2Id)
  }
  logger.info({ messageId, partner: partner.as2Id }, 'as2 message sent')
  return { messageId, mic }
}
