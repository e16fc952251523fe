import { weatherHttp } from '../lib/weather-http.js';

const grid = (value) => value.toFixed(2);

export async function currentWeather({ lat, lon }) {
  const body = await weatherHttp.get('v3/current', { searchParams: { lat: grid(lat), lon: grid(lon), units: 'metric' } }).json();
  return { temperature: body.main.temp, windMs: body.wind.speed };
}
