import { Worker } from 'node:worker_threads'

/** A thread of ours that can be killed. `name` is its file in this folder, without extension. */
export function startWorker(name: string, workerData: unknown, memoryMb: number): Worker {
  // Run from source the files are .ts, in the published package they are .js.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  return new Worker(new URL(`./${name}.${extension}`, import.meta.url), {
    workerData,
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  })
}
