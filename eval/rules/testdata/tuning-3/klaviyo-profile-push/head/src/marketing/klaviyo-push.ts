import { KlaviyoClient } from './klaviyo-client';
import { customers } from '../store/customers';
import { logger } from '../logger';

export interface ProfileAttributes {
  email: string;
  external_id: string;
  first_name?: string;
  properties: Record<string, string | number | boolean>;
}

export async function pushSegment(client: KlaviyoClient, segmentId: string): Promise<void> {
  const members = await customers.inSegment(segmentId);
  logger.info({ segmentId, members: members.length }, 'pushing segment to klaviyo');

  await Promise.all(
    members.map((customer) =>
      client.upsertProfile({
        email: customer.email,
        external_id: customer.id,
        first_name: customer.firstName ?? undefined,
        properties: {
          lifetime_orders: customer.orderCount,
          loyalty_tier: customer.tier,
          segment: segmentId,
        },
      }),
    ),
  );

  await customers.markSegmentPushed(segmentId, new Date());
}
