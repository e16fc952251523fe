/** The workers of a process, which look for jobs when they are woken. */
export interface Crew {
  /** Adds a worker of a queue, which is free. */
  join(queue: string, wakeUp: () => void): Worker
  /** Something was queued: one worker that is free looks for it. */
  wake(queue: string): void
}

/** What a worker tells its crew. */
export interface Worker {
  /** It has a job in hand. */
  took(): void
  /** It is done with it, and looks for the next one. */
  ended(): void
}

interface Member {
  readonly wakeUp: () => void
  busy: boolean
}

/**
 * Wakes one worker for one job, because each that looks asks the store: the one that has not looked
 * for longest, since another may still be looking for the job before.
 */
export function createCrew(): Crew {
  /** By queue; who has looked last comes last. */
  const queues = new Map<string, Set<Member>>()
  const looks = (members: Set<Member>, member: Member) => {
    members.delete(member)
    members.add(member)
  }
  return {
    join(queue, wakeUp) {
      const member: Member = { wakeUp, busy: false }
      const members = queues.get(queue) ?? new Set()
      queues.set(queue, members.add(member))
      return {
        took() {
          member.busy = true
        },
        ended() {
          member.busy = false
          looks(members, member)
        },
      }
    },
    wake(queue) {
      const members = queues.get(queue) ?? new Set()
      const member = members.values().find(({ busy }) => !busy)
      if (member === undefined) return
      looks(members, member)
      member.wakeUp()
    },
  }
}
