import { expect, test } from 'vitest'
import { createCrew } from '#store/crew'

function crewOf(...names: readonly string[]) {
  const crew = createCrew()
  const woken: string[] = []
  const workers = new Map(
    names.map((name) => [name, crew.join('review', () => void woken.push(name))]),
  )
  const worker = (name: string) => {
    const found = workers.get(name)
    if (found === undefined) throw new Error(`nobody is called ${name}`)
    return found
  }
  return { crew, woken, worker }
}

test('one job wakes one worker, and the next job the next one', () => {
  const { crew, woken } = crewOf('anna', 'ben', 'cleo')
  for (let job = 0; job < 4; job += 1) crew.wake('review')
  expect(woken).toEqual(['anna', 'ben', 'cleo', 'anna'])
})

test('who has a job in hand is not woken, and who is done with it comes last: it looks by itself', () => {
  const { crew, woken, worker } = crewOf('anna', 'ben', 'cleo')
  worker('anna').took()
  crew.wake('review')
  worker('anna').ended()
  crew.wake('review')
  crew.wake('review')
  crew.wake('review')
  expect(woken).toEqual(['ben', 'cleo', 'ben', 'anna'])
})

test('where all are busy, and in a queue without workers, nobody is woken', () => {
  const { crew, woken, worker } = crewOf('anna')
  worker('anna').took()
  crew.wake('review')
  crew.wake('errand')
  expect(woken).toEqual([])
})
