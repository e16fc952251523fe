import type { Reviewer } from './reviewer.ts'
import type { Scene } from './scene.ts'
export async function pageOf(scenes: readonly Scene[], reviewer: Reviewer): Promise<string> {
  return JSON.stringify({ scenes, reviewer: reviewer.name })
}
