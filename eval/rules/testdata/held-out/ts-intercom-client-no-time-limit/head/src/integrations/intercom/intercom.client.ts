import axios, { AxiosError, type AxiosInstance } from 'axios'
import { z } from 'zod'
import { config } from '../../config'
import { IntegrationError } from '../errors'

const Contact = z.object({ id: z.string(), external_id: z.string().nullable() })
export type IntercomContact = z.infer<typeof Contact>

export class IntercomClient {
  private readonly http: AxiosInstance

  constructor(accessToken: string = config.intercom.accessToken) {
    this.http = axios.create({
      baseURL: 'https://api.intercom.io',
      headers: {
        Authorization: `Bearer ${accessToken}`,
        'Intercom-Version': '2.11',
        Accept: 'application/json',
      },
      maxContentLength: 2 * 1024 * 1024,
    })
  }

  async upsertContact(userId: string, email: string, name: string): Promise<IntercomContact> {
    const existing = await this.findByExternalId(userId)
    try {
      const { data } = existing
        ? await this.http.put(`/contacts/${existing.id}`, { email, name })
        : await this.http.post('/contacts', { role: 'user', external_id: userId, email, name })
      return Contact.parse(data)
    } catch (err) {
      throw toIntegrationError('upsert contact', err)
    }
  }

  private async findByExternalId(userId: string): Promise<IntercomContact | null> {
    try {
      const { data } = await this.http.post('/contacts/search', {
        query: { field: 'external_id', operator: '=', value: userId },
      })
      return z.object({ data: z.array(Contact) }).parse(data).data[0] ?? null
    } catch (err) {
      throw toIntegrationError('search contact', err)
    }
  }
}

function toIntegrationError(action: string, err: unknown): IntegrationError {
  const status = err instanceof AxiosError ? err.response?.status : undefined
  return new IntegrationError(`intercom: ${action} failed (${status ?? 'no response'})`)
}
