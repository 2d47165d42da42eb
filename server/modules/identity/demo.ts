/** The people offered on the sign-in page of the demo, in the order of the stories. */
import type { Role } from '#contract/roles'
import { demoId } from '#organisations'

interface Told {
  phone: string
  name: string
  /** Organisation and post in words. */
  post: string
  /** What this person would do, one sentence. */
  story: string
  face: 'mobile' | 'console' | 'screen'
}

export interface Officer extends Told {
  role: Role
  nodeId: string
}

const province = demoId('committee', '530000000000')

/** Members of other places whose own account the stories need; only they get one there. */
export const storyTellers: readonly { branch: string; phone: string }[] = [
  { branch: demoId('branch', '530602104206', '1'), phone: '19900000021' },
]

const members: readonly Told[] = [
  {
    phone: '19900000001',
    name: '李阿普',
    post: '隔界村党支部 · 书记',
    story: '本季度的支部党员大会还没开：安排、通知、开会，再确认记录。',
    face: 'mobile',
  },
  {
    phone: '19900000002',
    name: '白云芬',
    post: '隔界村党支部 · 组织委员',
    story: '点名、写会议记录，交书记确认；没有网络也能记。',
    face: 'mobile',
  },
  {
    phone: '19900000004',
    name: '盘文亮',
    post: '隔界村党支部 · 党员、护边员',
    story: '在巡边路上收到通知，线上参会或请假，回到有信号的地方自动补传。',
    face: 'mobile',
  },
  {
    phone: '19900000021',
    name: '张绍明',
    post: '昭阳区头寨村第一党支部 · 党员',
    story: '在昆明务工十年，组织关系仍在村里，用手机参加支部活动。',
    face: 'mobile',
  },
]

export const officers: readonly Officer[] = [
  {
    phone: '19900000022',
    name: '陈国安',
    post: '昭阳区头寨村第一党支部 · 书记',
    story: '给外出的党员登记、定联系人，看他在昆明参加了什么。',
    face: 'console',
    role: 'BRANCH_SECRETARY',
    nodeId: demoId('branch', '530602104206', '1'),
  },
  {
    phone: '19900000023',
    name: '刘德芳',
    post: '昭阳区盘河镇党委 · 管理员',
    story: '发流动党员电子活动证，到期换发，该转的组织关系转出去。',
    face: 'console',
    role: 'COMMITTEE_ADMIN',
    nodeId: demoId('committee', '530602104000'),
  },
  {
    phone: '19900000024',
    name: '马晓东',
    post: '昆明流动党员管理党工委 · 管理员',
    story: '扫活动证办理报到，编入支部，看谁还没有报到。',
    face: 'console',
    role: 'COMMITTEE_ADMIN',
    nodeId: demoId('floating', 'committee'),
  },
  {
    phone: '19900000025',
    name: '邓丽娟',
    post: '昭通驻昆流动党员党支部 · 书记',
    story: '在工地开主题党日，门口没有网络也能核验活动证。',
    face: 'mobile',
    role: 'BRANCH_SECRETARY',
    nodeId: demoId('branch', '昭通驻昆流动党员'),
  },
  {
    phone: '19900000026',
    name: '赵文',
    post: '昭通驻昆流动党员党支部 · 记录人',
    story: '写活动记录，交书记确认，家乡支部随后就看得到。',
    face: 'mobile',
    role: 'RECORDER',
    nodeId: demoId('branch', '昭通驻昆流动党员'),
  },
  {
    phone: '19900000031',
    name: '周丽萍',
    post: '金水河镇党委 · 管理员',
    story: '看全镇支部应办事项，登记党员，帮助有困难的支部。',
    face: 'console',
    role: 'COMMITTEE_ADMIN',
    nodeId: demoId('committee', '532530102000'),
  },
  {
    phone: '19900000032',
    name: '杨志强',
    post: '金平县委组织部 · 管理员',
    story: '办理党组织设立、调整和撤销，看全县组织生活。',
    face: 'console',
    role: 'ORG_DEPARTMENT',
    nodeId: demoId('committee', '532530000000'),
  },
  {
    phone: '19900000033',
    name: '王海燕',
    post: '省委组织部 · 管理员',
    story: '在大屏上看全省，从州市一路打开到一个支部的一次会议。',
    face: 'screen',
    role: 'ORG_DEPARTMENT',
    nodeId: province,
  },
  {
    phone: '19900000034',
    name: '赵建军',
    post: '省公路局党委 · 管理员',
    story: '不出门看遍十六个州市的公路支部，为年终考核做准备。',
    face: 'screen',
    role: 'COMMITTEE_ADMIN',
    nodeId: demoId('highways'),
  },
  {
    phone: '19900000041',
    name: '何明辉',
    post: '省级平台 · 系统管理员',
    story: '只管机器，看不到任何业务记录。',
    face: 'console',
    role: 'SYSTEM_ADMIN',
    nodeId: province,
  },
  {
    phone: '19900000042',
    name: '孙静',
    post: '省级平台 · 安全管理员',
    story: '授予岗位，不能授予自己，也看不到业务记录。',
    face: 'console',
    role: 'SECURITY_ADMIN',
    nodeId: province,
  },
  {
    phone: '19900000043',
    name: '吴凯',
    post: '省级平台 · 审计管理员',
    story: '查谁看过什么、为了什么，记录改不了。',
    face: 'console',
    role: 'AUDITOR',
    nodeId: province,
  },
]

export const told: readonly Told[] = [...members, ...officers]
