import type { Context, Services } from '#platform'

export async function seed(_ctx: Context, _services: Services): Promise<void> {}
