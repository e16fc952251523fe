import { createHash } from 'node:crypto'
import type { StayQuery, HotelOffer } from '@travel/domain'

const ENDPOINT = 'https://api.hotelbeds.com/hotel-api/1.0/hotels'

interface AvailabilityResponse {
  hotels?: {
    hotels?: Array<{ code: number; name: string; currency: string; minRate: string }>
  }
}

function signature(): string {
  const seconds = Math.floor(Date.now() / 1000)
  return createHash('sha256')
    .update(`${process.env.HOTELBEDS_KEY}${process.env.HOTELBEDS_SECRET}${seconds}`)
    .digest('hex')
}

export async function searchHotels(query: StayQuery): Promise<HotelOffer[]> {
  const response = await fetch(ENDPOINT, {
    method: 'POST',
    headers: {
      'Api-key': process.env.HOTELBEDS_KEY!,
      'X-Signature': signature(),
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({
      stay: { checkIn: query.checkIn, checkOut: query.checkOut },
      occupancies: [{ rooms: 1, adults: query.adults, children: query.children }],
      destination: { code: query.destinationCode },
    }),
    signal: AbortSignal.timeout(12_000),
  })
  const body = (await response.json()) as AvailabilityResponse

  return (body.hotels?.hotels ?? []).map((hotel) => ({
    supplier: 'hotelbeds',
    supplierCode: String(hotel.code),
    name: hotel.name,
    price: { amount: hotel.minRate, currency: hotel.currency },
  }))
}
