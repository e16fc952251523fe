import { eq } from 'drizzle-orm';
import { db } from '../db';
import { profiles, type Profile } from '../db/schema';
import { settings } from '../settings';

const REVISION = '2024-10-15';

interface KlaviyoProfileBody {
  data: {
    type: 'profile';
    id: string;
    attributes: Record<string, unknown>;
  };
}

function toBody(profile: Profile): KlaviyoProfileBody {
  return {
    data: {
      type: 'profile',
      id: profile.klaviyoId,
      attributes: {
        email: profile.email,
        first_name: profile.firstName,
        last_name: profile.lastName,
        properties: { plan: profile.plan, lifetime_orders: profile.orderCount },
      },
    },
  };
}

async function patchProfile(profile: Profile): Promise<void> {
  await fetch(`${settings.klaviyo.baseUrl}/api/profiles/${encodeURIComponent(profile.klaviyoId)}`, {
    method: 'PATCH',
    headers: {
      Authorization: `Klaviyo-API-Key ${settings.klaviyo.privateKey}`,
      'Content-Type': 'application/vnd.api+json',
      revision: REVISION,
    },
    body: JSON.stringify(toBody(profile)),
    signal: AbortSignal.timeout(10_000),
  });
}

export async function syncProfile(profileId: string): Promise<void> {
  const profile = await db.query.profiles.findFirst({ where: eq(profiles.id, profileId) });
  if (!profile?.klaviyoId) return;

  await patchProfile(profile);
  await db
    .update(profiles)
    .set({ klaviyoSyncedRevision: profile.revision })
    .where(eq(profiles.id, profile.id));
}
