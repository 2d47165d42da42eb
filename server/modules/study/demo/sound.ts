/** A minute of quiet bell tones as a WAV file, made by arithmetic: something to play that belongs to nobody. */

const perSecond = 8000
const seconds = 60
/** 宫商角徵羽, in hertz; silence between them. */
const notes = [262, 294, 330, 392, 440, 392, 330, 294]

export function bells(): Buffer {
  const samples = perSecond * seconds
  const file = Buffer.alloc(44 + samples * 2)
  file.write('RIFF', 0, 'latin1')
  file.writeUInt32LE(36 + samples * 2, 4)
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(perSecond, 24)
  file.writeUInt32LE(perSecond * 2, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(samples * 2, 40)
  for (let n = 0; n < samples; n += 1) {
    const at = n / perSecond
    const since = at % 1
    const note = notes[Math.trunc(at) % notes.length] ?? 262
    file.writeInt16LE(Math.round(9000 * Math.exp(-3 * since) * Math.sin(2 * Math.PI * note * at)), 44 + n * 2)
  }
  return file
}
