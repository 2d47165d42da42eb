/** The reader of codes, fetched when something is to be read. */
export const loadReader = async () => (await import('jsqr')).default
