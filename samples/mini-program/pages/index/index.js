const { home, phone } = require('../../config.js')

// Only what the pages themselves understand is handed on.
const known = ['thing', 'place']

function address(query) {
  const scene = decodeURIComponent(query.scene || '')
  const pairs = scene ? scene.split('&').map(p => p.split('=')) : Object.keys(query).map(k => [k, query[k]])
  const kept = pairs.filter(([k, v]) => known.includes(k) && /^[A-Za-z0-9._-]{1,64}$/.test(v || ''))
  return kept.length ? `${home}/report?${kept.map(([k, v]) => `${k}=${v}`).join('&')}` : `${home}/`
}

Page({
  data: { address: '', failed: false, phone },
  onLoad(query) {
    this.setData({ address: address(query || {}) })
  },
  failed() {
    this.setData({ failed: true })
  },
  again() {
    const { address } = this.data
    this.setData({ failed: false, address: '' }, () => this.setData({ address }))
  },
  call() {
    wx.makePhoneCall({ phoneNumber: phone })
  },
})
