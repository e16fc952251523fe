import ky from 'ky'
import { logger } from '../../logger'
import type { TokenStore } from '../token-store'

export interface StockLine {
  offerId: string
  available: number
}

export class AllegroStockPush {
  private readonly api

  constructor(tokens: TokenStore) {
    this.api = ky.create({
      prefixUrl: 'https://api.allegro.pl',
      timeout: 15_000,
      retry: 0,
      headers: {
        accept: 'application/vnd.allegro.public.v1+json',
        'content-type': 'application/vnd.allegro.public.v1+json',
      },
      hooks: {
        beforeRequest: [
          async (request) => {
            request.headers.set('authorization', `Bearer ${await tokens.valid('allegro')}`)
          },
        ],
      },
    })
  }

  /** Called every night with the complete stock of a seller, up to 40 000 lines. */
  async pushAll(lines: StockLine[]): Promise<void> {
    const results = await Promise.allSettled(
      lines.map((line) =>
        this.api.patch(`sale/product-offers/${line.offerId}`, {
          json: { stock: { available: line.available, unit: 'UNIT' } },
        }),
      ),
    )

    const failed = lines.filter((_, index) => results[index]!.status === 'rejected')
    logger.info({ total: lines.length, failed: failed.length }, 'allegro stock pushed')
    if (failed.length > 0) {
      throw new Error(`${failed.length} of ${lines.length} offers not updated`)
    }
  }
}
