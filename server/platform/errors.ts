/** What can go wrong, as codes with a sentence a person can act on; presented as RFC 9457 problem+json. */

export interface Sentence {
  zh: string
  en: string
}

/** A field that is wrong: a JSON path such as `body.plannedStart` and what to do about it. */
export interface FieldProblem {
  path: string
  /** Both languages, as a sentence or written `中文 / English`. */
  message: Sentence | string
}

/** Messages of the contract are written `中文 / English`; takes the reader's half. */
export function inLanguage(message: Sentence | string, language: 'zh' | 'en'): string {
  if (typeof message !== 'string') return message[language]
  const [zh = '', en = zh] = message.split(/\s*\/ /, 2)
  return language === 'zh' ? zh : en
}

/** The reader's language by `Accept-Language`: the one of zh and en that is wanted more, Chinese when neither is named. */
export function preferredLanguage(header: string | undefined): 'zh' | 'en' {
  let best: { language: 'zh' | 'en'; weight: number } = { language: 'zh', weight: 0 }
  for (const part of (header ?? '').split(',')) {
    const [tag = '', ...parameters] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*/)
    const language = /^(zh|en)(-|$)/.exec(tag)?.[1]
    const weight = Number(parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? 1)
    if ((language === 'zh' || language === 'en') && weight > best.weight) best = { language, weight }
  }
  return best.language
}

const known = {
  NOT_FOUND: [
    404,
    '没有找到，或不在您的范围内。请检查链接，或切换岗位后再试。',
    'Not found, or outside your scope. Check the address or change the post you act in.',
  ],
  NOT_SIGNED_IN: [401, '请先登录。您已填写的内容仍在本机。', 'Please sign in. What you have typed is still on this device.'],
  NOT_ALLOWED: [
    403,
    '当前岗位没有这项权限。如确需办理，请切换岗位或联系上级。',
    'This post may not do that. Change post, or ask your superior.',
  ],
  INVALID: [400, '有几处需要修改，请看标出的字段。', 'Some fields need correcting; see those marked.'],
  TOO_LARGE: [413, '内容太大，请压缩或分开发送。', 'Too large; please make it smaller or send it in parts.'],
  BAD_ADDRESS: [400, '网址写法不对，请检查链接是否完整。', 'The address is malformed; check that the link is complete.'],
  BAD_REQUEST: [400, '请求格式不对，无法处理。', 'The request is malformed and cannot be handled.'],
  HEADERS_TOO_LARGE: [
    431,
    '请求头太大，请清除本站的 Cookie 后再试。',
    'The headers are too large; clear the cookies of this site and try again.',
  ],
  TOO_SLOW: [408, '请求发送得太慢，连接已关闭，请再试一次。', 'The request came too slowly and the connection was closed; try again.'],
  NOT_JSON: [400, '请求内容不是有效的 JSON。', 'The body is not valid JSON.'],
  BODY_TYPE: [415, '请求内容的类型不对，应为 application/json。', 'The body must be application/json.'],
  WRONG_ORIGIN: [403, '请求来自别的网站，已拒绝。请从本平台页面操作。', 'The request came from another site and was refused.'],
  BUSY: [503, '现在办理的人很多，请稍候几秒再试，已填内容不会丢。', 'Very busy just now. Try again in a few seconds; nothing is lost.'],
  STORAGE_FULL: [
    507,
    '服务器存储空间不足，文件没有保存。请联系系统管理员。',
    'The server has no space left; the file was not kept. Tell the system administrator.',
  ],
  DATABASE_AWAY: [
    503,
    '数据库暂时不可用，请稍候再试，已确认的内容不会丢。',
    'The database is away for the moment. Try again shortly; nothing acknowledged is lost.',
  ],
  UNEXPECTED: [500, '系统出现意外错误，已记录。请稍后再试。', 'Something unexpected happened and was recorded. Please try again later.'],
  STALE_VERSION: [
    409,
    '这条记录刚被别人改过。请看最新内容，再决定是否覆盖。',
    'Somebody changed this record meanwhile. Look at the latest version and decide.',
  ],
  ID_TAKEN: [
    409,
    '这个编号已用于另一条记录。请重新生成编号后再发。',
    'This id already belongs to another record. Make a new one and send again.',
  ],
  SAME_PERSON: [
    409,
    '同一步骤须由另一个人办理：记录人不能确认自己的记录。',
    'This step needs another person: who recorded it may not confirm it.',
  ],
  WRONG_STATE: [409, '当前状态不能这样办理。', 'Not possible in the present state.'],
  PURPOSE_NEEDED: [
    400,
    '请写明查看用途（会留痕，本人可见）。',
    'Say why you need to see it; the purpose is recorded and shown to the person.',
  ],
  TOO_MANY_ATTEMPTS: [429, '尝试次数过多，请稍后再试。', 'Too many attempts; please try again later.'],
  SIGN_IN_REFUSED: [401, '手机号、验证码或密码不对，请核对后重试。', 'The number, code or password is not right.'],
} as const satisfies Record<string, readonly [number, string, string]>

/** An error a person can act on. `code` is stable; modules add their own sentences through `sentence`. */
export class DomainError extends Error {
  readonly code: string
  readonly status: number
  readonly sentence: Sentence
  readonly fields: FieldProblem[]
  /** Seconds after which a retry makes sense. */
  readonly retryAfter: number | undefined
  /** The transaction is committed all the same: a refused sign-in still counts as an attempt. */
  readonly keepsWrites: boolean

  constructor(
    code: string,
    more: { sentence?: Sentence; status?: number; fields?: FieldProblem[]; retryAfter?: number; keepsWrites?: boolean } = {},
  ) {
    super(code)
    const entry: readonly [number, string, string] = (known as Record<string, readonly [number, string, string]>)[code] ?? [409, code, code]
    this.code = code
    this.status = more.status ?? entry[0]
    this.sentence = more.sentence ?? { zh: entry[1], en: entry[2] }
    this.fields = more.fields ?? []
    this.retryAfter = more.retryAfter
    this.keepsWrites = more.keepsWrites ?? false
  }
}

/** A field that is wrong, named, in both languages. */
export const wrong = (code: string, path: string, zh: string, en: string): DomainError =>
  new DomainError(code, { status: 400, sentence: { zh, en }, fields: [{ path, message: `${zh} / ${en}` }] })

/** Of a list: the mark of the page is none that was given. */
export const wrongCursor = (): DomainError =>
  wrong('INVALID', 'query.cursor', '翻页标记无效，请从第一页开始。', 'Start from the first page.')

/** The body of a problem+json answer in the reader's language. */
export function problem(error: DomainError, language: 'zh' | 'en', instance: string) {
  return {
    type: `urn:yigongli:problem:${error.code}`,
    title: error.sentence[language],
    status: error.status,
    code: error.code,
    detail: error.sentence[language],
    instance,
    fields: error.fields.map(({ path, message }) => ({ path, message: inLanguage(message, language) })),
  }
}
