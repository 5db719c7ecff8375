/* Recordings that a phone made, by what it calls them: the server finds out what they are (docs/attachments.md). */

/** The endings stand beside the type, since pickers know one or the other: a .amr often has no type, a .3gp that of a film. */
const BY_ENDING: Record<string, string> = { m4a: 'audio/mp4', mp4: 'audio/mp4', aac: 'audio/aac', amr: 'audio/amr', '3gp': 'audio/3gpp', '3gpp': 'audio/3gpp', mp3: 'audio/mpeg', ogg: 'audio/ogg', oga: 'audio/ogg', opus: 'audio/opus', webm: 'audio/webm', wav: 'audio/wav', flac: 'audio/flac' }

/** What the server takes of one file. */
export const AUDIO_MOST = 20 << 20

export const AUDIO_ACCEPT = ['audio/*', ...Object.keys(BY_ENDING).filter(e => e !== 'mp4').map(e => '.' + e)].join(',')

export function audioType(file: { name: string; type: string }): string {
  const ending = file.name.toLowerCase().split('.').pop() ?? ''
  return BY_ENDING[ending] ?? (file.type.startsWith('audio/') ? file.type : '')
}
