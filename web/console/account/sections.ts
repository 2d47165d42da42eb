/** What belongs to the person who is signed in. */
export const sections = ['inbox', 'looked', 'devices', 'carry', 'password'] as const
export type Section = (typeof sections)[number]
