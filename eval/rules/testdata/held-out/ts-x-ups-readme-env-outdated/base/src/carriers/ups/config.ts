import { z } from 'zod'

const Env = z.object({
  UPS_ACCESS_KEY: z.string().min(1),
  UPS_USERNAME: z.string().min(1),
  UPS_PASSWORD: z.string().min(1),
  UPS_ACCOUNT: z.string().length(6),
  UPS_BASE_URL: z.string().url().default('https://onlinetools.ups.com'),
})

export interface UpsConfig {
  accessKey: string
  username: string
  password: string
  account: string
  baseUrl: string
}

export function upsConfig(env: NodeJS.ProcessEnv): UpsConfig {
  const values = Env.parse(env)
  return {
    accessKey: values.UPS_ACCESS_KEY,
    username: values.UPS_USERNAME,
    password: values.UPS_PASSWORD,
    account: values.UPS_ACCOUNT,
    baseUrl: values.UPS_BASE_URL,
  }
}
