/** The line between a phone and the platform, which breaks when it is told to. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Line {
  url: string
  /** Lets so many bytes through to the phone and then nothing more. */
  holdAfter(bytes: number): void
  break(): void
  mend(): void
  /** Breaks the connection once in the middle of the answer to the next request that begins like this: its head has arrived, its content has not. */
  cutAnswerTo(beginning: string): void
  close(): void
}

/** @param port of the platform */
export async function openLine(port: number): Promise<Line> {
  let left = Infinity
  let broken = false
  let cut: string | undefined
  const ends = new Set<Socket>()
  const breakNow = () => {
    broken = true
    for (const end of ends) end.destroy()
  }
  const server = createServer((phone) => {
    if (broken) return void phone.destroy()
    const platform = connect(port, '127.0.0.1')
    for (const end of [phone, platform]) {
      ends.add(end)
      end
        .on('error', () => {})
        .on('close', () => {
          ends.delete(end)
          phone.destroy()
          platform.destroy()
        })
    }
    let cutting = false
    phone.on('data', (bytes: Buffer) => {
      if (cut !== undefined && bytes.toString('latin1').startsWith(cut)) {
        cutting = true
        cut = undefined
      }
      platform.write(bytes)
    })
    platform.on('data', (bytes: Buffer) => {
      const head = cutting ? bytes.indexOf('\r\n\r\n') : -1
      if (head !== -1) return void phone.write(bytes.subarray(0, head + 5), () => setTimeout(() => phone.destroy(), 100))
      if (left > 0) phone.write(bytes)
      left -= bytes.length
    })
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    holdAfter: (bytes) => void (left = bytes),
    break: breakNow,
    mend: () => {
      left = Infinity
      broken = false
    },
    cutAnswerTo: (beginning) => void (cut = beginning),
    close: () => {
      breakNow()
      server.close()
    },
  }
}
