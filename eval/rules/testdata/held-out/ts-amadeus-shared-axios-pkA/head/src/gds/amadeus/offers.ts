import { z } from 'zod'
import { amadeusHttp } from './http'
import type { FlightSearch } from '../types'

const Offers = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      lastTicketingDate: z.string().date().optional(),
      price: z.object({ currency: z.string(), grandTotal: z.string() }),
    }),
  ),
})

export async function searchOffers(search: FlightSearch) {
  const response = await amadeusHttp.get('/v2/shopping/flight-offers', {
    params: {
      originLocationCode: search.origin,
      destinationLocationCode: search.destination,
      departureDate: search.departure,
      adults: search.adults,
      currencyCode: search.currency,
      max: 50,
    },
  })
  return Offers.parse(response.data).data
}
