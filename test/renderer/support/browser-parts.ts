/** What jsdom lacks of a browser and the parts of Mantine and TanStack ask for. */
class NoResizeObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

window.ResizeObserver = NoResizeObserver
window.matchMedia = query => ({
  matches: false,
  media: query,
  onchange: null,
  addListener: () => undefined,
  removeListener: () => undefined,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  dispatchEvent: () => false,
})
Element.prototype.scrollTo = () => undefined
Element.prototype.scrollIntoView = () => undefined
Element.prototype.setPointerCapture = () => undefined
Object.defineProperties(Element.prototype, {
  clientHeight: { get: () => 640 },
  clientWidth: { get: () => 1000 },
})
// Without a size everything counts as scrolled out of sight, and an open menu hides itself as soon as its place is computed.
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, 200, 24)
