import axios from 'axios'
import { config } from '../../config'

let cached: { value: string; expiresAt: number } | undefined

export const amadeusHttp = axios.create({
  baseURL: config.amadeus.baseUrl,
  timeout: config.amadeus.timeoutMs,
})

async function token(): Promise<string> {
  if (cached && cached.expiresAt > Date.now()) return cached.value
  const { data } = await axios.post<{ access_token: string; expires_in: number }>(
    `${config.amadeus.baseUrl}/v1/security/oauth2/token`,
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: config.amadeus.clientId,
      client_secret: config.amadeus.clientSecret,
    }),
    { timeout: config.amadeus.timeoutMs },
  )
  cached = { value: data.access_token, expiresAt: Date.now() + (data.expires_in - 60) * 1000 }
  return cached.value
}

amadeusHttp.interceptors.request.use(async (request) => {
  request.headers.set('authorization', `Bearer ${await token()}`)
  return request
})
