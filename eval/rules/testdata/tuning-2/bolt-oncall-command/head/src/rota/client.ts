import { env } from '../env';

export interface Shift {
  person: string;
  until: string;
}

export const rotaClient = {
  async currentShift(team: string): Promise<Shift | null> {
    const res = await fetch(`${env.ROTA_URL}/v2/teams/${encodeURIComponent(team)}/current`, {
      headers: { authorization: `Bearer ${env.ROTA_TOKEN}` },
      signal: AbortSignal.timeout(4_000),
    });
    if (res.status === 404) return null;
    if (!res.ok) throw new Error(`rota answered ${res.status}`);
    return (await res.json()) as Shift;
  },
};
