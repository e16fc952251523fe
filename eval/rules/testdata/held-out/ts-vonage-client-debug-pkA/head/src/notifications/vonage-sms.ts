import axios from 'axios'
import type { Logger } from 'pino'

interface VonageSmsResponse {
  'message-count': string
  messages: Array<{ status: string; 'message-id'?: string; 'error-text'?: string }>
}

export class SmsRejectedError extends Error {}

export class VonageSms {
  constructor(
    private readonly options: { apiKey: string; apiSecret: string; sender: string },
    private readonly log: Logger,
  ) {}

  async send(to: string, text: string): Promise<string[]> {
    const body = {
      api_key: this.options.apiKey,
      api_secret: this.options.apiSecret,
      from: this.options.sender,
      to: to.replace(/^\+/, ''),
      text,
      type: 'unicode',
    }
    this.log.info({ provider: 'vonage', body }, 'sending sms')

    const { data } = await axios.post<VonageSmsResponse>('https://rest.nexmo.com/sms/json', body, {
      timeout: 8_000,
    })

    const failed = data.messages.filter((message) => message.status !== '0')
    if (failed.length > 0) {
      throw new SmsRejectedError(failed.map((m) => m['error-text'] ?? m.status).join(', '))
    }
    return data.messages.flatMap((message) => message['message-id'] ?? [])
  }
}
