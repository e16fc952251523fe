import { describe, expect, test } from 'vitest'
import { copiedAmong, librariesAmong } from '#core/filter/copied-libraries'
import { createNoise } from '#core/filter/noise'

const OWN_WORDS = '__version__ = "2.7.0"\n__license__ = "MIT"\n'

/** The beginnings of paths that are somebody else's, by what stands at base. */
function copied(path: string, base: Readonly<Record<string, string>>): readonly string[] {
  return copiedAmong(librariesAmong([path]), new Map(Object.entries(base)))
}

describe('a Python library that was copied in', () => {
  test('is told by its own version and licence', () => {
    const base = { 'lib/urllib3/__init__.py': OWN_WORDS }
    expect(copied('lib/urllib3/util/retry.py', base)).toEqual(['lib/urllib3/'])
  })

  test('is told by the distribution that the repository needs', () => {
    const base = {
      'app/libs/paho_mqtt/__init__.py': '',
      'libs/xmltodict.py': 'def parse(): ...\n',
      'requirements.txt': 'requests==2\nPaho-MQTT==2.1.0\nxmltodict>=1.0\n',
    }
    expect(copied('app/libs/paho_mqtt/client.py', base)).toEqual(['app/libs/paho_mqtt/'])
    expect(copied('libs/xmltodict.py', base)).toEqual(['libs/xmltodict.py'])
  })

  test('is told by its version alone beside libraries that everybody knows', () => {
    const beside = ['requests', 'urllib3', 'idna'].map((name) => [`lib/${name}/__init__.py`, ''])
    const base = { 'lib/oauth_one/__init__.py': '__version__ = "2.0.0"\n' }
    expect(copied('lib/oauth_one/session.py', base)).toEqual([])
    const proven = { ...base, ...Object.fromEntries(beside) }
    expect(copied('lib/oauth_one/session.py', proven)).toEqual(['lib/oauth_one/'])
    const own = { ...proven, 'lib/shop/__init__.py': '' }
    expect(copied('lib/shop/pay.py', own)).toEqual([])
  })

  test('is noise with all its files, and no neighbour is', () => {
    const noise = createNoise('', ['lib/urllib3/'])
    expect(noise('lib/urllib3/util/retry.py')?.signal).toBe('vendored')
    expect(noise('lib/urllib3_more/retry.py')).toBeNull()
  })

  test('is judged where the base says that it is not vendored', () => {
    const noise = createNoise('lib/urllib3/** -linguist-vendored\n', ['lib/urllib3/'])
    expect(noise('lib/urllib3/util/retry.py')).toBeNull()
  })
})

describe('code of one’s own in a folder of libraries', () => {
  test.each<[string, string, Record<string, string>]>([
    ['without words of its own', 'lib/shop/pay.py', { 'lib/shop/__init__.py': '' }],
    [
      'that only counts its versions',
      'lib/shop/pay.py',
      { 'lib/shop/__init__.py': '__version__ = "1"\n' },
    ],
    [
      'that the repository builds',
      'lib/shop/pay.py',
      { 'lib/shop/__init__.py': OWN_WORDS, 'pyproject.toml': '[project]\nname = "shop"\n' },
    ],
    [
      'that a comment of the needs mentions',
      'lib/shop/pay.py',
      { 'lib/shop/__init__.py': '', 'requirements.txt': '# for shop==1\nshop-client==2\n' },
    ],
    ['that is not there at base', 'lib/shop/pay.py', { 'requirements.txt': 'shop==1\n' }],
    ['elsewhere', 'plexpy/pay.py', { 'plexpy/__init__.py': OWN_WORDS }],
  ])('is judged: %s', (_, path, base) => {
    expect(copied(path, base)).toEqual([])
  })
})
