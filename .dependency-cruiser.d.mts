/** The rules of the house, as dependency-cruiser takes them. */
declare const config: Readonly<{ forbidden: readonly object[]; options: object }>
export default config
