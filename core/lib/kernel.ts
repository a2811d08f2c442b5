import { bytesOfBase64 } from './base64.ts'

type Call = (...numbers: number[]) => number

/** What is used of WebAssembly; the pure rooms know no platform, but every one that runs them has it. */
type Platform = Readonly<{
  WebAssembly: Readonly<{
    Module: new (bytes: Uint8Array) => object
    Instance: new (module: object, imports: object) => Readonly<{ exports: unknown }>
  }>
}>

type Views = Readonly<{
  bytes: Uint8Array<ArrayBuffer>
  words: Uint32Array<ArrayBuffer>
  integers: Int32Array<ArrayBuffer>
  numbers: Float64Array<ArrayBuffer>
}>

const compiled = new WeakMap<readonly string[], object>()

/**
 * A piece of compiled code (kernels/) with a memory of its own and functions that work on it. Any call may widen the
 * memory, so that views are asked for anew behind each. Places are addresses in bytes.
 */
export class Kernel<Name extends string> {
  readonly calls: Readonly<Record<Name, Call>>
  private readonly memory: Readonly<{ buffer: ArrayBuffer }>
  private views: Views

  /** @param code WebAssembly in Base64, as scripts/kernels.ts writes it, with the functions that `Name` lists */
  constructor(code: readonly string[]) {
    const { WebAssembly } = globalThis as unknown as Platform // see above
    const module = compiled.get(code) ?? new WebAssembly.Module(bytesOfBase64(code))
    compiled.set(code, module)
    const { exports } = new WebAssembly.Instance(module, {})
    this.calls = exports as Readonly<Record<Name, Call>> // compiled from the sources that name them
    this.memory = (exports as Readonly<{ memory: Readonly<{ buffer: ArrayBuffer }> }>).memory
    this.views = viewsOf(this.memory.buffer)
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.fresh().bytes
  }

  get words(): Uint32Array<ArrayBuffer> {
    return this.fresh().words
  }

  get integers(): Int32Array<ArrayBuffer> {
    return this.fresh().integers
  }

  get numbers(): Float64Array<ArrayBuffer> {
    return this.fresh().numbers
  }

  private fresh(): Views {
    // A memory that has grown leaves views of no length.
    if (this.views.bytes.length === 0) this.views = viewsOf(this.memory.buffer)
    return this.views
  }
}

function viewsOf(buffer: ArrayBuffer): Views {
  return {
    bytes: new Uint8Array(buffer),
    words: new Uint32Array(buffer),
    integers: new Int32Array(buffer),
    numbers: new Float64Array(buffer),
  }
}
