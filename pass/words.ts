/** What a verdict says to the person at the door, and what to do now. Chinese first. A machine checks a pass; it turns nobody away. */

export interface Sentence {
  zh: string
  en: string
}

const zone = 'Asia/Shanghai'
const days = {
  zh: new Intl.DateTimeFormat('zh-CN', { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' }),
  en: new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: 'long', day: 'numeric' }),
}

/** A moment as the day it is in China. */
export const dayInWords = (time: Date): Sentence => ({ zh: days.zh.format(time), en: days.en.format(time) })

const [minute, hour, day] = [60, 3600, 86_400]

/** 45 秒, 12 分钟, 5 小时, 3 天: in the largest unit of which there are two, or of which it is exactly one. @param seconds ≥ 0 */
export function ageInWords(seconds: number): Sentence {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 2 * minute) return inUnit(whole, '秒', 'second')
  if (whole < 2 * hour) return inUnit(Math.round(whole / minute), '分钟', 'minute')
  if (whole < 2 * day) return inUnit(Math.round(whole / hour), '小时', 'hour')
  return inUnit(Math.round(whole / day), '天', 'day')
}

const inUnit = (count: number, zh: string, en: string): Sentence => ({
  zh: `${count} ${zh}`,
  en: `${count} ${en}${count === 1 ? '' : 's'}`,
})

/** Joins sentences of both languages. */
export const join = (...parts: readonly Sentence[]): Sentence => ({
  zh: parts.map(({ zh }) => zh).join(''),
  en: parts.map(({ en }) => en).join(' '),
})

/** Ends what to do after every refusal. */
const noMachine: Sentence = {
  zh: '这里只核对证件，不决定人能不能进：您认得本人，或能向其党支部核实的，可以请进，并记一笔。',
  en: 'This only checks a pass; it does not decide about a person. If you know them, or can ask their branch, you may let them in and make a note.',
}

const byEye: Sentence = {
  zh: '请看一眼本人的身份证件，姓名与证上相符就可以请进；不用抄号码，也不用拍照。',
  en: 'Look at an identity document: if the name fits the one on the pass, let them in. Do not copy its number or photograph it.',
}

const again: Sentence = {
  zh: '请持有人在自己的手机上打开活动证，当面再出示一次。',
  en: 'Ask the holder to open the pass on their own phone and show it again, here.',
}

/** Facts that fill the sentences. */
export interface Facts {
  issuer: string
  /** When the pass ends, begins, or the issuer was withdrawn: the day that matters. */
  on: Sentence
  /** How old the proof or the list is, or how far two clocks are apart. */
  age: Sentence
}

interface Says {
  /** A few characters to be read from a distance. */
  title: Sentence
  sentence: (facts: Facts) => Sentence
  next: Sentence
}

export const outcomes = [
  'VALID',
  'VALID_PAPER',
  'LIST_OLD',
  'COPY',
  'PROOF_OLD',
  'PROOF_WRONG',
  'CLOCK',
  'EXPIRED',
  'NOT_YET',
  'SUSPENDED',
  'REVOKED',
  'LIST_MISSING',
  'ISSUER_WITHDRAWN',
  'ISSUER_EXPIRED',
  'ISSUER_UNKNOWN',
  'ALTERED',
  'OTHER_CODE',
] as const

/**
 * `VALID` shown by the phone it was made for · `VALID_PAPER` a copy without a phone · `LIST_OLD` good as far as an old list knows ·
 * `COPY` made for a phone, shown without one · `PROOF_OLD` a screenshot · `PROOF_WRONG` another phone · `CLOCK` one of two clocks is wrong ·
 * `EXPIRED` · `NOT_YET` · `SUSPENDED` · `REVOKED` · `LIST_MISSING` no list of revocations here · `ISSUER_WITHDRAWN` signed after its key was withdrawn ·
 * `ISSUER_EXPIRED` signed outside the time of its key · `ISSUER_UNKNOWN` nobody trusted certifies the key · `ALTERED` signature and content do not fit ·
 * `OTHER_CODE` no pass at all.
 */
export type Outcome = (typeof outcomes)[number]

/** Those after which somebody is let in without more ado. */
export const accepting: readonly Outcome[] = ['VALID', 'VALID_PAPER', 'LIST_OLD']

/** A verdict that says more than its outcome: which of several reasons it was. */
export type Variant = Outcome | 'LIST_OLD_PAPER' | 'ISSUERS_OLD' | 'ISSUERS_OLD_PAPER' | 'CLOCK_LIST'

const refused = (...parts: Sentence[]): Sentence => join(...parts, noMachine)

const listOld = ({ age }: Facts): Sentence => ({
  zh: `有效，按 ${age.zh}前的吊销名单核对；那以后有没有收回，这里还不知道。`,
  en: `Valid by a revocation list of ${age.en} ago; whether it was taken back since then is not known here.`,
})
const issuersOld = ({ age }: Facts): Sentence => ({
  zh: `有效，按 ${age.zh}前的签发机关名单核对；那以后有没有机关被停用，这里还不知道。`,
  en: `Valid by a list of issuers of ${age.en} ago; whether one was withdrawn since then is not known here.`,
})
const welcome: Sentence = { zh: '请进，照常登记。', en: 'Let them in and register them as usual.' }
const fetchLater: Sentence = {
  zh: '可以请进。有网络时打开本页，名单会自动更新。',
  en: 'You may let them in. The list renews itself when this page has a network.',
}
const clock = (facts: Facts, zh: string, en: string): Sentence => ({
  zh: `两个时钟相差 ${facts.age.zh}，${zh}，有一个不准。`,
  en: `Two clocks are ${facts.age.en} apart: ${en}. One of them is wrong.`,
})

const says: Record<Variant, Says> = {
  VALID: {
    title: { zh: '有效', en: 'Valid' },
    sentence: ({ issuer }) => ({
      zh: `${issuer}签发，正由持证人自己的手机出示。`,
      en: `Issued by ${issuer}, shown by the phone it was made for.`,
    }),
    next: welcome,
  },
  VALID_PAPER: {
    title: { zh: '有效（纸质）', en: 'Valid, on paper' },
    sentence: ({ issuer }) => ({
      zh: `${issuer}签发的纸质活动证，没有绑定手机，谁拿着都能出示。`,
      en: `A paper pass issued by ${issuer}, bound to no phone: whoever holds it can show it.`,
    }),
    next: byEye,
  },
  LIST_OLD: { title: { zh: '有效（名单旧）', en: 'Valid by an old list' }, sentence: listOld, next: fetchLater },
  LIST_OLD_PAPER: { title: { zh: '有效（名单旧）', en: 'Valid by an old list' }, sentence: listOld, next: join(byEye, fetchLater) },
  ISSUERS_OLD: { title: { zh: '有效（名单旧）', en: 'Valid by an old list' }, sentence: issuersOld, next: fetchLater },
  ISSUERS_OLD_PAPER: { title: { zh: '有效（名单旧）', en: 'Valid by an old list' }, sentence: issuersOld, next: join(byEye, fetchLater) },
  COPY: {
    title: { zh: '请用手机出示', en: 'Show it on the phone' },
    sentence: () => ({
      zh: '签名是真的，但这张证绑定了手机，眼前只是它的复印件、照片或静态码，看不出是不是本人。',
      en: 'The signature is good, but this pass belongs to a phone and this is only a photocopy, picture or static code: it does not show who holds it.',
    }),
    next: refused(again),
  },
  PROOF_OLD: {
    title: { zh: '码已过时', en: 'The code is old' },
    sentence: ({ age }) => ({
      zh: `这个码是 ${age.zh}前生成的，多半是截屏；手机上的码每次只管 30 秒。`,
      en: `This code was made ${age.en} ago, most likely a screenshot; a code on the phone is good for 30 seconds.`,
    }),
    next: refused(again),
  },
  PROOF_WRONG: {
    title: { zh: '不是这部手机', en: 'Not this phone' },
    sentence: () => ({
      zh: '出示它的不是这张证绑定的手机，或者码在途中被改动了。',
      en: 'It is not shown by the phone this pass was made for, or the code was changed on the way.',
    }),
    next: refused(again, {
      zh: '换了手机的，登录后打开“我的活动证”，点一下装进新手机。',
      en: 'After a change of phones, sign in, open “My pass” and put it on the new one.',
    }),
  },
  CLOCK: {
    title: { zh: '时钟不准', en: 'A clock is wrong' },
    sentence: (facts) => clock(facts, '出示的手机和这台设备', 'the holder’s phone and this device'),
    next: refused({
      zh: '请看两边的日期和时间，把不准的改成自动设置，再出示一次；都准的话，这是一张旧截屏。',
      en: 'Compare date and time on both, set the wrong one to automatic, and show it again. If both are right, this is an old screenshot.',
    }),
  },
  CLOCK_LIST: {
    title: { zh: '时钟不准', en: 'A clock is wrong' },
    sentence: (facts) => clock(facts, '这台设备比名单签发的时间还早', 'this device is earlier than the day its list was signed'),
    next: refused({
      zh: '请把这台设备的日期和时间改成自动设置，再扫一次。',
      en: 'Set date and time of this device to automatic and scan again.',
    }),
  },
  EXPIRED: {
    title: { zh: '已到期', en: 'Expired' },
    sentence: ({ on }) => ({ zh: `这张证在 ${on.zh}到期了。`, en: `This pass ended on ${on.en}.` }),
    next: refused({
      zh: '请持有人连上网络打开活动证，会自动换新，再出示一次。',
      en: 'Ask the holder to open the pass with a network: it renews itself. Then show it again.',
    }),
  },
  NOT_YET: {
    title: { zh: '还没开始', en: 'Not yet' },
    sentence: ({ on }) => ({ zh: `这张证从 ${on.zh}起才有效。`, en: `This pass begins on ${on.en}.` }),
    next: refused({
      zh: '请先看这台设备的日期对不对；对的话，请持有人出示现在有效的那张。',
      en: 'First check the date of this device; if it is right, ask for the pass that is good today.',
    }),
  },
  SUSPENDED: {
    title: { zh: '暂停使用', en: 'Suspended' },
    sentence: ({ issuer }) => ({
      zh: `${issuer}把这张证暂停了，还没有收回。`,
      en: `${issuer} has suspended this pass; it is not taken back.`,
    }),
    next: refused({
      zh: '常见的原因是手机丢了或资料在核对。请持有人联系签发机关或自己的党支部。',
      en: 'Often a phone was lost or something is being checked. The holder can ask the issuer or their branch.',
    }),
  },
  REVOKED: {
    title: { zh: '已收回', en: 'Taken back' },
    sentence: ({ issuer }) => ({ zh: `${issuer}已收回这张证。`, en: `${issuer} has taken this pass back.` }),
    next: refused({
      zh: '常见的原因是换了手机，或组织关系已经转走，不等于人有问题。请持有人出示新证，或联系签发机关。',
      en: 'Often the phone was changed or the affiliation transferred; it says nothing against the person. Ask for the new pass, or let them ask the issuer.',
    }),
  },
  LIST_MISSING: {
    title: { zh: '缺少名单', en: 'No list' },
    sentence: ({ issuer }) => ({
      zh: `签名是真的，但这里没有${issuer}的吊销名单，不知道这张证是否已被收回。`,
      en: `The signature is good, but there is no revocation list of ${issuer} here: whether it was taken back is not known.`,
    }),
    next: refused({
      zh: '请让这台设备连一次网络取得名单，再扫一次。',
      en: 'Give this device a network once to fetch the list, then scan again.',
    }),
  },
  ISSUER_WITHDRAWN: {
    title: { zh: '签发密钥已停用', en: 'Issuer withdrawn' },
    sentence: ({ issuer, on }) => ({
      zh: `${issuer}签这张证的密钥自 ${on.zh}起停用，这张证落款在那以后，不能算数。`,
      en: `The key ${issuer} signed this with was withdrawn from ${on.en}; this pass is dated later and does not count.`,
    }),
    next: refused({
      zh: '请持有人连上网络打开活动证，换一张新签的；这不是持有人的过错。',
      en: 'Ask the holder to open the pass with a network for a newly signed one. It is no fault of theirs.',
    }),
  },
  ISSUER_EXPIRED: {
    title: { zh: '签发不在有效期', en: 'Issuer out of date' },
    sentence: ({ issuer, on }) => ({
      zh: `${issuer}的签发密钥在签这张证的 ${on.zh}不在有效期内。`,
      en: `The key of ${issuer} was not valid on ${on.en}, when this pass was signed.`,
    }),
    next: refused({
      zh: '请持有人连上网络打开活动证，换一张新签的；这不是持有人的过错。',
      en: 'Ask the holder to open the pass with a network for a newly signed one. It is no fault of theirs.',
    }),
  },
  ISSUER_UNKNOWN: {
    title: { zh: '不认识的签发机关', en: 'Unknown issuer' },
    sentence: () => ({
      zh: '这里的名单不认识签发它的机关，真假无法核对：可能是新设的机关、外省的，或名单太旧。',
      en: 'The lists here do not know who issued it, so it cannot be checked: a new issuer, another province, or old lists.',
    }),
    next: refused({
      zh: '请让这台设备连一次网络更新名单，再扫一次。',
      en: 'Give this device a network once to renew its lists, then scan again.',
    }),
  },
  ALTERED: {
    title: { zh: '内容对不上', en: 'Does not fit' },
    sentence: () => ({
      zh: '码里的内容和签名对不上：被改动过，或没有读完整。',
      en: 'Content and signature do not fit: it was changed, or not read completely.',
    }),
    next: refused({
      zh: '请擦净屏幕、调亮，再扫一次；仍然这样，请持有人重新打开活动证。',
      en: 'Wipe the screen, make it brighter and scan again; if it stays so, ask the holder to open the pass anew.',
    }),
  },
  OTHER_CODE: {
    title: { zh: '不是活动证', en: 'Not a pass' },
    sentence: () => ({
      zh: '这不是流动党员电子活动证的码，可能是网址、付款码或别的证。',
      en: 'This is no code of an activity pass: perhaps a web address, a payment code or another document.',
    }),
    next: refused({
      zh: '请持有人打开“一公里”里的活动证再出示。',
      en: 'Ask the holder to open the activity pass in Yigongli and show that.',
    }),
  },
}

export function inWords(variant: Variant, facts: Facts): { title: Sentence; sentence: Sentence; next: Sentence } {
  const { title, sentence, next } = says[variant]
  return { title, sentence: sentence(facts), next }
}
