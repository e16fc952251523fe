import type { Shipment } from '../domain/shipment';

export const SHIPMENT_UPDATED = 'shipment.updated.v1';

export interface ShipmentUpdatedV1 {
  id: string;
  status: 'created' | 'in_transit' | 'delivered' | 'lost';
  tracking: { carrier: string; code: string };
  delivered_at: number | null;
}

export function toShipmentUpdated(s: Shipment): ShipmentUpdatedV1 {
  return {
    id: s.id,
    status: s.status,
    tracking: { carrier: s.carrier.slug, code: s.trackingCode },
    delivered_at: s.deliveredAt ? s.deliveredAt.getTime() : null,
  };
}
