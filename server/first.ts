/**
 * `npm run first -- --organisation 中共云南省委员会 --short 云南省委 --area 530000000000 --name 张三 --phone 13…`
 * The first steps of an installation without the demo: all areas, the organisation at the top, and its security administrator,
 * who then grants every other post. Run again with the same organisation it only adds the administrator.
 */
import { createHash, randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Phone } from '#contract/identity'
import { areas } from '#areas'
import { addOrganisations, pathUnder } from '#organisations'
import { type Context, openPool, readConfig, type Services, sql, transact } from '#platform'
import { dayOf } from '#rules'
import { openYigongli } from './open.ts'
import { startPostgres } from './postgres.ts'

const Wanted = z.object({
  organisation: z.string().min(2).max(80),
  short: z.string().min(2).max(40),
  area: z.string().regex(/^\d{12}$/, '--area 是 12 位区划代码 / has twelve digits'),
  name: z.string().min(2).max(40),
  phone: Phone,
})
type Wanted = z.output<typeof Wanted>

function read(): Wanted {
  const option = { type: 'string' } as const
  const { values } = parseArgs({ options: { organisation: option, short: option, area: option, name: option, phone: option } })
  const parsed = Wanted.safeParse(values)
  if (parsed.success) return parsed.data
  throw new Error(parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

/** The organisation at the top, made when there is none yet. @throws Error when another one is at the top */
async function top(ctx: Context, { organisation, short, area }: Wanted): Promise<string> {
  const there = await ctx.find(sql<{ id: string; nameFull: string }>`
    select id, name_full as "nameFull" from organisations.organisation where parent_id is null`)
  if (there !== undefined) {
    if (there.nameFull === organisation) return there.id
    throw new Error(`最上级党组织已是${there.nameFull} / another organisation is at the top already`)
  }
  const hash = createHash('sha256').update(organisation).digest('hex')
  const id = `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`
  await addOrganisations(ctx, [
    {
      id,
      nameFull: organisation,
      name: short,
      shortName: short,
      kind: 'LOCAL_COMMITTEE',
      sector: 'GOV',
      unitSituation: 'SAME_AS_SUPERIOR',
      units: [],
      parentId: null,
      path: pathUnder('', id),
      county: area.slice(0, 6),
      areaCode: area,
      contactName: '',
      contactPhone: '',
      establishedOn: dayOf(ctx.now),
    },
  ])
  return id
}

async function prepare(ctx: Context, services: Services, wanted: Wanted): Promise<void> {
  const { there } = await ctx.get(sql<{ there: boolean }>`select exists (select from areas.area) as there`)
  if (!there) await areas.seed?.(ctx, services)
  const nodeId = await top(ctx, wanted)
  const accountId = await services.identity.ensureAccount(ctx, {
    id: randomUUID(),
    name: wanted.name,
    phone: wanted.phone,
    subjectId: null,
  })
  await services.identity.putPost(ctx, {
    id: randomUUID(),
    accountId,
    role: 'SECURITY_ADMIN',
    nodeId,
    from: dayOf(ctx.now),
    until: null,
    grantedBy: null,
  })
  ctx.audit({ operation: 'identity.grantPost', county: wanted.area.slice(0, 6), subjectId: accountId, rows: 1 })
}

try {
  const wanted = read()
  const config = readConfig(process.env)
  const own = config.databaseUrl === undefined ? await startPostgres({ dataDir: config.dataDir }) : undefined
  try {
    const url = config.databaseUrl ?? own?.url ?? ''
    const house = await openYigongli(config, url)
    const owner = openPool(url, 'owner', 1)
    try {
      await transact(owner, (ctx) => prepare(ctx, house.services, wanted))
      console.log(
        `${wanted.name}是${wanted.short}的安全管理员，登录后可授予其他岗位 / is its security administrator and grants the other posts`,
      )
    } finally {
      await owner.end()
      await house.close()
    }
  } finally {
    await own?.stop()
  }
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
