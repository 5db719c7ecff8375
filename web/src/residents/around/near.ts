/* Where am I, roughly: the position stays on this device; what is asked for is a box about two kilometres wide on a grid of a hundred metres. */
export interface Box { south: number; west: number; north: number; east: number }
const HALF = 0.01

export function nearby(): Promise<Box> {
  return new Promise((found, failed) => {
    if (!('geolocation' in navigator) || !window.isSecureContext) return failed(new Error('absent'))
    navigator.geolocation.getCurrentPosition(
      p => {
        const round = (d: number) => Math.round(d * 1000) / 1000
        const [lat, lon] = [round(p.coords.latitude), round(p.coords.longitude)]
        found({ south: round(lat - HALF), north: round(lat + HALF), west: round(lon - HALF * 1.3), east: round(lon + HALF * 1.3) })
      },
      e => failed(new Error(e.code === e.PERMISSION_DENIED ? 'denied' : 'failed')),
      { maximumAge: 60_000, timeout: 15_000 },
    )
  })
}
