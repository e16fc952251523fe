import { z } from 'zod';

const Profile = z.object({ id: z.number().int(), login: z.string() });

export async function githubProfile(accessToken: string): Promise<z.infer<typeof Profile>> {
  const res = await fetch('https://api.github.com/user', {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    signal: AbortSignal.timeout(5_000),
  });
  if (!res.ok) {
    throw new Error(`github user: ${res.status}`);
  }
  return Profile.parse(await res.json());
}
