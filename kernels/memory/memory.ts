/** Memory in pieces whose sizes are powers of two; given back, a piece is used again for the same size. */

const CLASSES: i32 = 32
const SMALLEST: i32 = 6
/** First free piece per size; each begins with the next one. */
const FREE: usize = memory.data(CLASSES * 4)
/** Bytes behind every piece that may be read, never written: vectors read beyond the end of a text. */
const SLACK: usize = 256
/**
 * The memory grows by this much at least, and by half: each time counts as if all of it were new, after which the engine looks
 * through its whole heap. Pages that nobody has written to yet take no memory.
 */
const LEAST_PAGES: i32 = 16

let top: usize = (__heap_base + 63) & ~63

function classOf(size: usize): i32 {
  const bits = 32 - clz<u32>(<u32>size - 1)
  return bits > SMALLEST ? bits : SMALLEST
}

/** A piece of at least `size` bytes at a multiple of 64; what is in it is not defined. */
export function allocate(size: usize): usize {
  const kind = classOf(size)
  const known = freePiece(kind)
  if (known !== 0) return known
  const at = top
  const end = <u64>at + ((<u64>1) << kind) + SLACK
  const have = (<u64>memory.size()) << 16
  if (end > have) {
    const pages = <i32>((end - have + 0xffff) >> 16)
    if (memory.grow(max(pages, max(memory.size() >> 1, LEAST_PAGES))) < 0 && memory.grow(pages) < 0) unreachable()
  }
  top = <usize>(end - SLACK)
  return at
}

/** A piece that was given back, or the beginning of a larger one, whose rest stays free; 0 where there is none. */
function freePiece(kind: i32): usize {
  for (let larger = kind; larger < CLASSES; larger++) {
    const free = FREE + ((<usize>larger) << 2)
    const head = <usize>load<u32>(free)
    if (head === 0) continue
    store<u32>(free, load<u32>(head))
    for (let rest = kind; rest < larger; rest++) keepFree(head + ((<usize>1) << rest), rest)
    return head
  }
  return 0
}

function keepFree(at: usize, kind: i32): void {
  const free = FREE + ((<usize>kind) << 2)
  store<u32>(at, load<u32>(free))
  store<u32>(free, <u32>at)
}

/** The same, all zeros. Written even where the memory is new: a page that is read first has to be fetched twice. */
export function allocateClear(size: usize): usize {
  const at = allocate(size)
  memory.fill(at, 0, size)
  return at
}

/** Gives a piece back that was allocated with this size. */
export function release(at: usize, size: usize): void {
  if (at === 0) return
  keepFree(at, classOf(size))
}

/** Moves `used` bytes to a larger piece. */
export function enlarge(at: usize, used: usize, size: usize, wanted: usize): usize {
  const wider = allocate(wanted)
  memory.copy(wider, at, used)
  release(at, size)
  return wider
}

/** Copies a short text, sixteen bytes at a time, also beyond its end: the target needs that much more room. */
export function copyText(target: usize, source: usize, length: usize): void {
  if (length > 128) {
    memory.copy(target, source, length)
    return
  }
  for (let i: usize = 0; i < length; i += 16) v128.store(target + i, v128.load(source + i))
}
