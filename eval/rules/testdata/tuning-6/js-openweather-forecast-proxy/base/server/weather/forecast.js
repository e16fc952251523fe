const axios = require('axios')
const cache = require('../cache')
const logger = require('../logger')

const API = 'https://api.openweathermap.org/data/2.5/forecast'
const TTL_SECONDS = 900

/** Used by the event page while it is rendered on the server. */
async function forecastFor(venue) {
  const key = `forecast:${venue.id}`
  const cached = await cache.getJson(key)
  if (cached) return cached

  try {
    const { data } = await axios.get(API, {
      params: { lat: venue.lat, lon: venue.lon, units: 'metric', appid: process.env.OPENWEATHER_KEY },
      timeout: 2500,
    })
    const forecast = (data.list || []).slice(0, 8).map((slot) => ({
      at: slot.dt,
      temperature: Math.round(slot.main.temp),
      icon: slot.weather[0]?.icon ?? null,
    }))
    await cache.setJson(key, forecast, TTL_SECONDS)
    return forecast
  } catch (err) {
    logger.warn({ venue: venue.id, status: err.response?.status }, 'forecast not available')
    return null
  }
}

module.exports = { forecastFor }
