import axios, { isAxiosError } from 'axios'
import { z } from 'zod'
import { env } from '../env'
import { logger } from '../logger'

const http = axios.create({ baseURL: 'https://bankaccountdata.gocardless.com/api/v2', timeout: 12_000 })

const Token = z.object({ access: z.string(), access_expires: z.number() })
const Requisition = z.object({ id: z.string().uuid(), link: z.string().url() })

let cached: { access: string; until: number } | undefined

async function accessToken(): Promise<string> {
  if (cached && cached.until > Date.now()) return cached.access
  const { data } = await http.post('/token/new/', { secret_id: env.BANK_DATA_ID, secret_key: env.BANK_DATA_KEY })
  const token = Token.parse(data)
  cached = { access: token.access, until: Date.now() + (token.access_expires - 60) * 1_000 }
  return token.access
}

export async function createRequisition(institutionId: string, reference: string, redirect: string) {
  try {
    const { data } = await http.post(
      '/requisitions/',
      { institution_id: institutionId, reference, redirect, user_language: 'EN' },
      { headers: { authorization: `Bearer ${await accessToken()}` } },
    )
    return Requisition.parse(data)
  } catch (error) {
    if (isAxiosError(error)) {
      logger.error({ reference, status: error.response?.status }, 'bank data: requisition failed')
    }
    throw error
  }
}
