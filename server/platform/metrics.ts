/** Numbers for the operator, in Prometheus' text format. None of them is about a person. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Pool } from './database.ts'

export class Metrics {
  readonly registry = new Registry()
  readonly #requests = new Histogram({
    name: 'yigongli_request_seconds',
    help: 'Time to answer, by operation and status class',
    labelNames: ['operation', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2.5, 5],
    registers: [this.registry],
  })
  readonly #lag = new Gauge({
    name: 'yigongli_projection_lag_seconds',
    help: 'Age of the oldest event a projection has not read',
    labelNames: ['projection'],
    registers: [this.registry],
  })
  readonly #drift = new Counter({
    name: 'yigongli_rollup_drift_total',
    help: 'Rollup rows that differed from the records at reconciliation',
    registers: [this.registry],
  })

  constructor(pool: Pool) {
    collectDefaultMetrics({ register: this.registry })
    new Gauge({
      name: 'yigongli_database_connections',
      help: 'Connections of the web pool',
      labelNames: ['state'],
      registers: [this.registry],
      collect() {
        const { total, idle, waiting } = pool.load()
        this.set({ state: 'total' }, total)
        this.set({ state: 'idle' }, idle)
        this.set({ state: 'waiting' }, waiting)
      },
    })
  }

  request(operation: string, status: number, seconds: number): void {
    this.#requests.observe({ operation, status: `${Math.floor(status / 100)}xx` }, seconds)
  }

  lag(projection: string, seconds: number): void {
    this.#lag.set({ projection }, seconds)
  }

  drift(rows: number): void {
    this.#drift.inc(rows)
  }
}
