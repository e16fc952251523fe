import { setTimeout as sleep } from 'node:timers/promises'
import { processorTime } from '../../../bench/doors/processor-time.ts'
import type { GitHubWorld } from '../../world/github/world.ts'
import { createMachine, type Home, type Machine, replicaOf } from '../machine.ts'
import { chanceOf, type Order } from './order.ts'

/** The replicas of the product, which are killed and started again. */
export interface Crew {
  readonly machines: readonly Machine[]
  readonly kills: () => number
  /** Milliseconds of processor time of all processes so far, the dead ones included. */
  readonly processorTime: () => number
  /** Kills one of them after the other, again and again, until told to stop. */
  torment(): { stop(): Promise<void> }
  /** Kills all at once, does something, and starts all again. */
  restart(between?: () => Promise<void>): Promise<void>
  stop(): Promise<void>
}

/** Starts the replicas. */
export async function createCrew(
  world: GitHubWorld,
  order: Order,
  home: Home,
  env: Readonly<Record<string, string>>,
): Promise<Crew> {
  const chance = chanceOf(order, 'kills')
  const homes = Array.from({ length: order.replicas }, (_, n) => (n === 0 ? home : replicaOf(home)))
  const machines: Machine[] = []
  for (const one of homes) machines.push(await createMachine(world, one, env))
  const state = { kills: 0, spent: 0, busy: Promise.resolve() }
  const kill = async (machine: Machine) => {
    const { child } = machine.server()
    if (child.exitCode === null && child.signalCode === null) {
      state.spent += processorTime(child.pid ?? 0)
      await machine.server().kill()
    }
    state.kills += 1
  }
  /** One at a time: a process that is being started must not be started again. */
  const alone = (work: () => Promise<void>): Promise<void> => {
    state.busy = state.busy.then(work)
    return state.busy
  }
  for (const machine of machines) await machine.start()
  return {
    machines,
    kills: () => state.kills,
    processorTime: () =>
      state.spent +
      machines.reduce((sum, { server }) => sum + processorTime(server().child.pid ?? 0), 0),
    torment() {
      let stopped = false
      const running = (async () => {
        while (!stopped) {
          await sleep(order.killEveryMs)
          const machine = machines[chance.int(machines.length)]
          if (stopped || machine === undefined) return
          await alone(async () => {
            await kill(machine)
            await sleep(chance.int(3_000))
            await machine.start()
          })
        }
      })()
      return {
        async stop() {
          stopped = true
          await running
        },
      }
    },
    restart: (between = async () => {}) =>
      alone(async () => {
        for (const machine of machines) await kill(machine)
        await between()
        for (const machine of machines) await machine.start()
      }),
    async stop() {
      await Promise.all(machines.map((machine) => machine.stop()))
    },
  }
}
