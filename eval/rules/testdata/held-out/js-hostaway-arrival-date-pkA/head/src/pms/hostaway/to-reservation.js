import Ajv from 'ajv'
import addFormats from 'ajv-formats'

const ajv = addFormats(new Ajv({ allErrors: true }))

const validate = ajv.compile({
  type: 'object',
  required: ['id', 'listingId', 'checkIn', 'checkOut', 'guest', 'total', 'currency'],
  properties: {
    id: { type: 'string', minLength: 1 },
    listingId: { type: 'integer' },
    // local midnight of the listing, for example 2026-07-01T00:00:00+02:00
    checkIn: { type: 'string', format: 'date-time' },
    checkOut: { type: 'string', format: 'date-time' },
    guest: {
      type: 'object',
      required: ['name', 'count'],
      properties: { name: { type: 'string' }, count: { type: 'integer', minimum: 1 } },
    },
    total: { type: 'number', minimum: 0 },
    currency: { type: 'string', pattern: '^[A-Z]{3}$' },
  },
})

const day = (value) => new Date(value).toISOString().slice(0, 10)

export function toReservation(booking) {
  if (!validate(booking)) {
    throw new TypeError(`booking is not valid: ${ajv.errorsText(validate.errors)}`)
  }
  return {
    channelId: 2000,
    listingMapId: booking.listingId,
    channelReservationId: booking.id,
    arrivalDate: day(booking.checkIn),
    departureDate: day(booking.checkOut),
    guestName: booking.guest.name,
    numberOfGuests: booking.guest.count,
    totalPrice: booking.total,
    currency: booking.currency,
  }
}
