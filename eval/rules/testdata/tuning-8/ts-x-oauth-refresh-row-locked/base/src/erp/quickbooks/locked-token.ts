import { sql } from '../../db'
import { decrypt, encrypt } from '../../crypto/envelope'
import { refreshQuickbooks } from './refresh'

const SKEW = 60_000

interface Row {
  id: string
  access_token: string
  refresh_token: string
  expires_at: Date
}

export async function accessToken(companyId: string): Promise<string> {
  const [current] = await sql<Row[]>`
    select id, access_token, refresh_token, expires_at from connections
    where company_id = ${companyId} and provider = 'quickbooks'`
  if (!current) throw new Error(`company ${companyId} is not connected`)
  if (current.expires_at.getTime() - SKEW > Date.now()) {
    return decrypt(current.access_token)
  }

  return sql.begin(async (tx) => {
    const [row] = await tx<Row[]>`
      select id, access_token, refresh_token, expires_at from connections
      where id = ${current.id}`
    if (!row) throw new Error(`company ${companyId} was disconnected`)
    if (row.expires_at.getTime() - SKEW > Date.now()) {
      return decrypt(row.access_token)
    }

    const tokens = await refreshQuickbooks(decrypt(row.refresh_token))
    await tx`
      update connections
      set access_token = ${encrypt(tokens.accessToken)}, refresh_token = ${encrypt(tokens.refreshToken)},
          expires_at = ${tokens.expiresAt}
      where id = ${row.id}`
    return tokens.accessToken
  })
}
