import { z } from 'zod'

const Env = z.object({
  UPS_CLIENT_ID: z.string().min(1),
  UPS_CLIENT_SECRET: z.string().min(1),
  UPS_ACCOUNT: z.string().length(6),
  UPS_BASE_URL: z.string().url().default('https://onlinetools.ups.com'),
})

export interface UpsConfig {
  clientId: string
  clientSecret: string
  account: string
  baseUrl: string
}

export function upsConfig(env: NodeJS.ProcessEnv): UpsConfig {
  const values = Env.parse(env)
  return {
    clientId: values.UPS_CLIENT_ID,
    clientSecret: values.UPS_CLIENT_SECRET,
    account: values.UPS_ACCOUNT,
    baseUrl: values.UPS_BASE_URL,
  }
}
