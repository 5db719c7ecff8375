/* What a device keeps for itself: drafts, the queue of what waits for the network. IndexedDB, one database a face, so that signing out of one
 * wipes it whole and leaves the others. */
import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb'

export function openShelf<S extends DBSchema>(name: string, version: number, upgrade: (db: IDBPDatabase<S>, from: number) => void) {
  return openDB<S>(`linli-${name}`, version, {
    upgrade: (db, from) => upgrade(db, from),
    // Another page of this face wipes: let go, or it would wait for ever.
    blocking: (_now, _next, e) => (e.target as IDBDatabase).close(),
  })
}
export const wipeShelf = (name: string) => deleteDB(`linli-${name}`)
