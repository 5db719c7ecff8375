/* Photos are made small on the phone before they travel: drawn anew, so that place, time and make of the camera stay behind. The server does it once
 * more, for whoever comes another way. */
const SIDE = 1600
const QUALITY = 0.82

async function bitmapOf(file: Blob): Promise<ImageBitmap | HTMLImageElement> {
  if ('createImageBitmap' in globalThis) {
    try {
      return await createImageBitmap(file, { imageOrientation: 'from-image' })
    } catch {
      /* an old WebView without the option, or a format it does not know: try as a picture */
    }
  }
  const url = URL.createObjectURL(file)
  try {
    const img = new Image()
    img.src = url
    await img.decode()
    return img
  } finally {
    URL.revokeObjectURL(url)
  }
}

/** A JPEG of at most 1600 pixels a side, without metadata. Throws when it is no picture. */
export async function shrink(file: Blob): Promise<Blob> {
  const picture = await bitmapOf(file)
  const scale = Math.min(1, SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  if ('close' in picture) picture.close()
  return await new Promise((done, fail) => canvas.toBlob(b => (b ? done(b) : fail(new Error('no picture'))), 'image/jpeg', QUALITY))
}
