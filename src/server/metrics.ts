import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The counters of this process, in Prometheus' words. No label ever carries a stranger's text. */
export interface Metrics {
  /** @param result one word of ours @param seconds from the first byte to the answer */
  delivery(result: string, seconds: number): void
  /** What became of a stored delivery: `job`, `ignored`, `retry` or `dead`. */
  dispatched(result: 'job' | 'ignored' | 'retry' | 'dead'): void
  /** Reads how many bodies are being received, whenever somebody looks. */
  watchBodies(reading: () => number): void
  /** The text of `/metrics`. */
  text(): Promise<{ readonly contentType: string; readonly body: string }>
}

/** Makes the counters. One registry for each call, so that nothing is shared by accident. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const deliveries = new Counter({
    name: 'tech_lead_deliveries_total',
    help: 'Webhook deliveries by what they were answered.',
    labelNames: ['result'],
    registers,
  })
  const seconds = new Histogram({
    name: 'tech_lead_delivery_seconds',
    help: 'Time from the request to its answer.',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const dispatched = new Counter({
    name: 'tech_lead_dispatched_total',
    help: 'Stored deliveries by what became of them.',
    labelNames: ['result'],
    registers,
  })
  return {
    delivery(result, elapsed) {
      deliveries.inc({ result })
      seconds.observe(elapsed)
    },
    dispatched: (result) => dispatched.inc({ result }),
    watchBodies(reading) {
      new Gauge({
        name: 'tech_lead_bodies_reading',
        help: 'Request bodies that are being received.',
        registers,
        collect() {
          this.set(reading())
        },
      })
    },
    text: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  }
}
