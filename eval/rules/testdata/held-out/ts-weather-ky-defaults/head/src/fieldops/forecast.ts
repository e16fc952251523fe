import ky from 'ky';
import { z } from 'zod';
import { config } from '../config';

const Forecast = z.object({
  list: z.array(
    z.object({
      dt: z.number().int(),
      main: z.object({ temp: z.number() }),
      wind: z.object({ speed: z.number() }),
      rain: z.object({ '3h': z.number() }).partial().optional(),
    }),
  ),
});

export interface Slot {
  at: Date;
  celsius: number;
  windMs: number;
  rainMm: number;
}

const api = ky.create({
  prefixUrl: 'https://api.openweathermap.org/data/2.5',
  headers: { 'user-agent': 'fieldops/4 (ops@kranwerk.example)' },
});

export async function forecastFor(site: { lat: number; lon: number }): Promise<Slot[]> {
  const body = await api
    .get('forecast', {
      searchParams: { appid: config.openWeather.apiKey, units: 'metric', lat: site.lat, lon: site.lon },
    })
    .json();

  return Forecast.parse(body).list.map((entry) => ({
    at: new Date(entry.dt * 1000),
    celsius: entry.main.temp,
    windMs: entry.wind.speed,
    rainMm: entry.rain?.['3h'] ?? 0,
  }));
}

export function safeForCrane(slots: Slot[]): boolean {
  return slots.every((slot) => slot.windMs < 11 && slot.celsius > -15);
}
