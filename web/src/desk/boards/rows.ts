/* The rows of a board or of a search, page by page as the reader scrolls; what is on the screen is renewed when something changed. */
import { shallowReactive } from 'vue'
import { api, type Answer } from '@/api/client'

export type Row = Answer<'/api/matters', 'get'>['items'][number]
export interface Filter {
  board: string
  unit: string
  subject: string
  q: string
}

export class Rows {
  /* shallow: ten thousand rows are not watched one by one, an array is replaced as a whole */
  state = shallowReactive({ rows: [] as Row[], next: null as string | null, busy: false, wrong: null as unknown, known: false })
  private turn = 0
  private f: Filter = { board: 'overdue', unit: '', subject: '', q: '' }

  private async page(cursor: string | undefined) {
    const { board, unit, subject, q } = this.f
    if (q) return (await api.get('/api/search', { query: { q, ...(cursor ? { cursor } : {}) } })) as { items: Row[]; next: string | null }
    return (await api.get('/api/matters', { query: { board: board as never, ...(unit ? { unit } : {}), ...(subject ? { subject } : {}), ...(cursor ? { cursor } : {}) } })) as { items: Row[]; next: string | null }
  }
  /** Another filter: from the top. */
  async begin(f: Filter) {
    this.f = { ...f }
    this.state.known = false
    this.state.rows = []
    this.state.next = null
    await this.again(1)
  }
  /** The same once more, at least as far as it was read; what stands stays until the answer is here. */
  async again(least = this.state.rows.length) {
    const turn = ++this.turn
    this.state.busy = true
    try {
      const rows: Row[] = []
      let next: string | null | undefined
      do {
        const got = await this.page(next ?? undefined)
        if (turn !== this.turn) return
        rows.push(...got.items)
        next = got.next
      } while (next && rows.length < least)
      Object.assign(this.state, { rows, next: next ?? null, wrong: null, known: true })
    } catch (e) {
      if (turn === this.turn) Object.assign(this.state, { wrong: e, known: true })
    } finally {
      if (turn === this.turn) this.state.busy = false
    }
  }
  async more() {
    if (this.state.busy || !this.state.next) return
    const turn = this.turn
    this.state.busy = true
    try {
      const got = await this.page(this.state.next)
      if (turn !== this.turn) return
      const had = new Set(this.state.rows.map(r => r.id))
      this.state.rows = [...this.state.rows, ...got.items.filter(r => !had.has(r.id))]
      this.state.next = got.next
    } catch (e) {
      this.state.wrong = e
    } finally {
      if (turn === this.turn) this.state.busy = false
    }
  }
}
