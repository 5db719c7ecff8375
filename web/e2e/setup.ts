/* Before all tests: one server, one of each role signed in. After: it ends. */
import { join } from 'node:path'
import { build, end, keep, people, signedIn } from './house'

export const KEPT = join(new URL('..', import.meta.url).pathname, 'var')

export default async function setup() {
  const house = await build()
  const staff = Object.fromEntries(await Promise.all(Object.entries(people).map(async ([role, login]) => [role, await signedIn(house, login)])))
  keep(KEPT, 'house.json', { base: house.base, https: house.https, secure: house.secure, dir: house.dir, db: house.db, linli: house.linli, staff })
  return () => end(house)
}
