import plivo from 'plivo'
import { z } from 'zod'
import { Logger } from '@aws-lambda-powertools/logger'

const logger = new Logger({ serviceName: 'send-sms' })
const client = new plivo.Client(process.env.PLIVO_AUTH_ID, process.env.PLIVO_AUTH_TOKEN, { timeout: 8000 })

const Message = z.object({
  reminderId: z.string().uuid(),
  to: z.string().regex(/^\+[1-9]\d{6,14}$/),
  text: z.string().min(1).max(480),
})

export const handler = async (event) => {
  for (const record of event.Records) {
    const message = Message.parse(JSON.parse(record.body))
    const answer = await client.messages.create({
      src: process.env.PLIVO_SENDER,
      dst: message.to,
      text: message.text,
    })
    logger.info('sms sent', { reminderId: message.reminderId, uuid: answer.messageUuid })
  }
}
