/* A photo as a phone makes it: a JPEG with a position in its metadata. */
import type { Page } from '@playwright/test'

export async function jpeg(page: Page, text = 'lamp', width = 1200): Promise<Buffer> {
  const base64 = await page.evaluate(([said, w]) => {
    const c = document.createElement('canvas')
    c.width = w as number
    c.height = Math.round((w as number) * 0.75)
    const pen = c.getContext('2d')!
    const sky = pen.createLinearGradient(0, 0, 0, c.height)
    sky.addColorStop(0, '#20304a')
    sky.addColorStop(1, '#8a7a60')
    pen.fillStyle = sky
    pen.fillRect(0, 0, c.width, c.height)
    pen.fillStyle = '#e8e0c8'
    pen.font = '80px sans-serif'
    pen.fillText(said as string, 60, 140)
    return c.toDataURL('image/jpeg', 0.9).split(',')[1]!
  }, [text, width])
  const plain = Buffer.from(base64, 'base64')
  // An EXIF block with a GPS directory, right behind the start of the image.
  const tiff = Buffer.from('49492a0008000000010025880400010000001a00000000000000' + '010001000200020000004e00000000000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255])
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)])
}
