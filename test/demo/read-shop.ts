import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const SHOP = fileURLToPath(new URL('shop', import.meta.url))

/**
 * Reads one state of the sample shop: `before` is what stands on main, `change` what the pull
 * request puts on top, `fix` what the second push changes. The files end in `.txt`, so that no tool
 * takes their flaws for ours.
 */
export async function readShop(
  state: 'before' | 'change' | 'fix',
): Promise<Readonly<Record<string, string>>> {
  const folder = join(SHOP, state)
  const names = await readdir(folder, { recursive: true })
  const files = names.filter((name) => name.endsWith('.txt')).toSorted()
  return Object.fromEntries(
    await Promise.all(
      files.map(async (name) => [
        name.replaceAll('\\', '/').replace(/\.txt$/, ''),
        await readFile(join(folder, name), 'utf8'),
      ]),
    ),
  )
}
