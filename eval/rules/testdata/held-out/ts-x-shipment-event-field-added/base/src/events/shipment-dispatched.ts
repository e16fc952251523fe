import { randomUUID } from 'node:crypto'
import type { Producer } from 'kafkajs'
import type { Shipment } from '../shipments/shipment'

export const TOPIC = 'logistics.shipment.dispatched.v1'

/** Read by billing, the customer portal and two partners. */
export interface ShipmentDispatched {
  event_id: string
  shipment_id: string
  dispatched_at: string
  carrier: string
}

export async function publishDispatched(producer: Producer, shipment: Shipment, at: Date): Promise<void> {
  const event: ShipmentDispatched = {
    event_id: randomUUID(),
    shipment_id: shipment.id,
    dispatched_at: at.toISOString(),
    carrier: shipment.carrier,
  }
  await producer.send({
    topic: TOPIC,
    acks: -1,
    timeout: 10_000,
    messages: [{ key: shipment.id, value: JSON.stringify(event), headers: { 'content-type': 'application/json' } }],
  })
}
