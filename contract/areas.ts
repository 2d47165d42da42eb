/** Administrative areas of the province: province → prefecture → county → township → village (GB/T 2260 and the statistical codes). */
import { z } from 'zod'
import { operation } from './operation.ts'
import { line } from './words.ts'

export const areaLevels = ['PROVINCE', 'PREFECTURE', 'COUNTY', 'TOWNSHIP', 'VILLAGE'] as const

export const Area = z.object({
  /** 12-digit statistical code; shorter levels are padded with zeros. */
  code: z.string(),
  name: z.string(),
  level: z.enum(areaLevels),
  parentCode: z.string().nullable(),
  /** Names from the province down, for a line such as 红河州 › 金平县 › 金水河镇. */
  trail: z.array(z.object({ code: z.string(), name: z.string() })),
  children: z.int(),
})

const Code = z.string().regex(/^\d{12}$/, '区划代码是 12 位数字 / an area code has twelve digits')

export const getArea = operation({
  id: 'areas.getArea',
  method: 'GET',
  path: '/areas/:code',
  summary: { zh: '一个行政区划', en: 'One area' },
  access: { public: true },
  params: z.strictObject({ code: Code }),
  returns: Area,
  fails: ['NOT_FOUND'],
})

export const listChildAreas = operation({
  id: 'areas.listChildAreas',
  method: 'GET',
  path: '/areas/:code/children',
  summary: { zh: '下级区划', en: 'Areas directly below' },
  access: { public: true },
  params: z.strictObject({ code: Code }),
  returns: z.object({ items: z.array(Area) }),
})

export const searchAreas = operation({
  id: 'areas.searchAreas',
  method: 'GET',
  path: '/areas',
  summary: { zh: '按汉字、拼音或首字母查找区划', en: 'Find areas by characters, pinyin or initials' },
  access: { public: true },
  query: z.strictObject({ q: line(40), within: Code.optional(), limit: z.coerce.number().int().min(1).max(50).default(20) }),
  returns: z.object({ items: z.array(Area) }),
})
