import { crc32, deflateRawSync } from 'node:zlib'

export type Packed = Readonly<{
  name: string
  content: string | Uint8Array
  isStored?: boolean
  isEncrypted?: boolean
  /** Method of packing, as it is written; the content is deflated all the same. */
  method?: number
  checksum?: number
  /** Size when unpacked, as it is written. */
  size?: number
}>

/** A .zip archive, as honest as it is asked to be. */
export function zip(files: readonly Packed[]): Uint8Array {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of files) {
    const content = Buffer.from(file.content)
    const packed = file.isStored === true ? content : deflateRawSync(content)
    const name = Buffer.from(file.name, 'utf8')
    const facts = Buffer.alloc(26)
    facts.writeUInt16LE(20, 0)
    facts.writeUInt16LE((file.isEncrypted === true ? 1 : 0) | 0x800, 2)
    facts.writeUInt16LE(file.method ?? (file.isStored === true ? 0 : 8), 4)
    facts.writeUInt32LE(0x5a210000, 6)
    facts.writeUInt32LE(file.checksum ?? crc32(content), 10)
    facts.writeUInt32LE(packed.length, 14)
    facts.writeUInt32LE(file.size ?? content.length, 18)
    facts.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name, packed])
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), facts, tail(offset), name]))
    parts.push(local)
    offset += local.length
  }
  const index = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(index.length, 12)
  end.writeUInt32LE(offset, 16)
  return new Uint8Array(Buffer.concat([...parts, index, end]))
}

/** What a directory entry has behind the lengths: comment, disk, attributes, place. */
function tail(offset: number): Buffer {
  const bytes = Buffer.alloc(14)
  bytes.writeUInt32LE(offset, 10)
  return bytes
}
