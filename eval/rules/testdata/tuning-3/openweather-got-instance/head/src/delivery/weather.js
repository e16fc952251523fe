import { weatherHttp } from '../lib/weather-http.js';
import { HTTPError } from 'got';

export class WeatherUnknownError extends Error {}

const grid = (value) => value.toFixed(2);

export async function currentWeather({ lat, lon }) {
  const body = await weatherHttp.get('v3/current', { searchParams: { lat: grid(lat), lon: grid(lon), units: 'metric' } }).json();
  return { temperature: body.main.temp, windMs: body.wind.speed };
}

export async function forecast({ lat, lon }, hours) {
  try {
    const body = await weatherHttp
      .get('v3/hourly', { searchParams: { lat: grid(lat), lon: grid(lon), units: 'metric', hours } })
      .json();
    return body.list.map((slot) => ({
      at: new Date(slot.dt * 1000),
      temperature: slot.main.temp,
      windMs: slot.wind.speed,
    }));
  } catch (err) {
    if (err instanceof HTTPError && err.response.statusCode === 404) {
      throw new WeatherUnknownError(`no forecast grid for ${grid(lat)},${grid(lon)}`);
    }
    throw err;
  }
}
