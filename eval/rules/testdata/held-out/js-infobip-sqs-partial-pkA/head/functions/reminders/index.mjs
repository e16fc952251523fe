import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { Logger } from '@aws-lambda-powertools/logger'

const logger = new Logger({ serviceName: 'reminders' })
const table = DynamoDBDocumentClient.from(new DynamoDBClient({}))

const key = (id) => ({ TableName: process.env.SENT_TABLE, Key: { reminderId: id } })

async function claim(reminderId) {
  try {
    await table.send(
      new PutCommand({
        TableName: process.env.SENT_TABLE,
        Item: { reminderId, expiresAt: Math.floor(Date.now() / 1000) + 30 * 86_400 },
        ConditionExpression: 'attribute_not_exists(reminderId)',
      }),
    )
    return true
  } catch (error) {
    if (error.name === 'ConditionalCheckFailedException') return false
    throw error
  }
}

// at most once: a reminder whose fate is unknown is rather lost than sent twice
async function deliver({ reminderId, to, text }) {
  if (!(await claim(reminderId))) return logger.info('reminder was sent before', { reminderId })

  const response = await fetch(`${process.env.INFOBIP_URL}/sms/3/messages`, {
    method: 'POST',
    headers: { authorization: `App ${process.env.INFOBIP_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ messages: [{ sender: 'Kliniken', destinations: [{ to }], content: { text } }] }),
    signal: AbortSignal.timeout(8_000),
  })
  if (!response.ok) {
    // refused, so it was not sent and may be claimed again
    if (response.status < 500) await table.send(new DeleteCommand(key(reminderId)))
    throw new Error(`infobip answered ${response.status}`)
  }
}

export const handler = async ({ Records }) => {
  const batchItemFailures = []
  for (const record of Records) {
    try {
      await deliver(JSON.parse(record.body))
    } catch (error) {
      logger.error('reminder not sent', { messageId: record.messageId, error })
      batchItemFailures.push({ itemIdentifier: record.messageId })
    }
  }
  return { batchItemFailures }
}
