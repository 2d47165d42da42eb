/**
 * Roles as data: a role is a list of permissions `verb:thing`. A post (岗位) is a role at an organisation for a time.
 * Rights never add up across posts: a request acts in exactly one. Source: domain.md §16 (roles), TRUST.md (people and posts).
 */
export const roles = {
  /** 组织部管理员 of a province, prefecture or county: looks after the organisations below. */
  ORG_DEPARTMENT: {
    zh: '组织部管理员',
    en: 'Organisation department administrator',
    may: [
      'read:organisation',
      'change:organisation',
      'approve:organisation',
      'read:member',
      'reveal:member',
      'read:gathering',
      'publish:study',
      'read:plan',
      'publish:kit',
      'read:duty',
      'read:overview',
      'read:floating',
      'certify:issuer',
    ],
  },
  /** 党委管理员: a grassroots or township committee's administrator. */
  COMMITTEE_ADMIN: {
    zh: '党委管理员',
    en: 'Committee administrator',
    may: [
      'read:organisation',
      'change:organisation',
      'read:member',
      'write:member',
      'reveal:member',
      'read:gathering',
      'read:review',
      'read:commitment',
      'publish:study',
      'read:plan',
      'publish:kit',
      'read:duty',
      'read:overview',
      'read:floating',
      'write:floating',
      'issue:pass',
    ],
  },
  /** 支部书记. */
  BRANCH_SECRETARY: {
    zh: '支部书记',
    en: 'Branch secretary',
    may: [
      'read:organisation',
      'read:member',
      'write:member',
      'reveal:member',
      'read:gathering',
      'write:gathering',
      'confirm:gathering',
      'archive:gathering',
      'read:review',
      'write:review',
      'decide:review',
      'read:commitment',
      'read:ledger',
      'read:plan',
      'write:plan',
      'answer:study',
      'read:duty',
      'read:overview',
      'read:floating',
      'write:floating',
    ],
  },
  /** 组织委员 or whoever keeps the minutes: records, never confirms. */
  RECORDER: {
    zh: '支部记录人',
    en: 'Branch recorder',
    may: [
      'read:organisation',
      'read:member',
      'read:gathering',
      'write:gathering',
      'read:review',
      'write:review',
      'read:commitment',
      'read:plan',
      'write:plan',
      'answer:study',
      'read:duty',
      'read:overview',
    ],
  },
  /** 党小组长: calls and records the meetings of the own group, never confirms. */
  GROUP_LEADER: { zh: '党小组长', en: 'Group leader', may: ['read:gathering', 'write:gathering'] },
  /** 党员: sees the own branch's life. */
  MEMBER: {
    zh: '党员',
    en: 'Member',
    may: ['read:organisation', 'read:gathering', 'attend:gathering', 'read:commitment', 'read:plan', 'read:duty'],
  },
  /** 流入党员: takes part in the life of a host branch; votes, dues and review stay at home (domain.md §3.2). */
  GUEST: { zh: '流入党员', en: 'Guest member', may: ['read:organisation', 'read:gathering', 'attend:gathering'] },
  /** 系统管理员: runs the machine, reads no domain records. */
  SYSTEM_ADMIN: { zh: '系统管理员', en: 'System administrator', may: ['run:system'] },
  /** 安全管理员: grants posts, reads no domain records. */
  SECURITY_ADMIN: { zh: '安全管理员', en: 'Security administrator', may: ['grant:post'] },
  /** 审计管理员: reads the audit, no domain records. */
  AUDITOR: { zh: '审计管理员', en: 'Auditor', may: ['read:audit'] },
} as const satisfies Record<string, { zh: string; en: string; may: readonly string[] }>

export type Role = keyof typeof roles
export type Permission = (typeof roles)[Role]['may'][number]

export const roleNames = Object.keys(roles) as [Role, ...Role[]]

/** Does this role hold this permission? */
export function holds(role: Role, permission: Permission): boolean {
  return (roles[role].may as readonly string[]).includes(permission)
}
