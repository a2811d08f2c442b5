/** Hands a text to the user as a file, by a link of the page itself: nothing is sent anywhere. */
export function saveText(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser has taken the text by the next task
  setTimeout(() => URL.revokeObjectURL(url))
}
