/** What people of 隔界村 wrote, promised and were told. In the order of the roster; where there are fewer words than people they begin again. */
export const assessments = [
  '一年来坚持参加组织生活，护边、护林没有缺过班。不足是学习不够系统，遇到新政策讲不清楚。明年每月给群众讲一次政策。',
  '支部活动都参加了，外出务工期间用手机补学。不足是和群众谈心少，今后每季度至少走访五户。',
  '带头修水渠、清沟，草果地防火值班没有空过岗。不足是普通话说得不好，宣传政策声音小。',
  '照顾好自家产业的同时帮带两户邻居种草果。不足是遇事急躁，批评别人时不注意方式。',
] as const

export const opinions = {
  EXCELLENT: '护边固边、联系群众走在前，群众评价高。希望继续带好年轻党员，把经验教给大家。',
  QUALIFIED: '能履行党员义务，按时参加组织生活，完成支部交办的任务。希望加强理论学习，多联系群众。',
  BASICALLY_QUALIFIED: '能参加组织生活，但外出时间长，联系支部不够主动。希望每月向支部汇报一次，按时参加线上学习。',
  UNQUALIFIED: '',
} as const

export const onProbation = '预备期内表现积极，群众反映好。请继续严格要求自己，按期提出转正申请。'

export const closed = [
  {
    problem: '巡边排班表贴出晚，雨天临时换人没有通知到户',
    measure: '每月25日前贴出下月排班，换人由组织委员逐户电话通知',
    done: '连续三个月按时贴出，换人都打了电话。',
    verified: '查了排班表和四户群众，属实。',
  },
  {
    problem: '党员学习资料在外务工党员收不到',
    measure: '由组织委员每月把资料发到手机，外出党员读后在群里报一句',
    done: '外出的党员都收到了，已坚持半年。',
    verified: '问过三名外出党员，都收到了。',
  },
] as const

export const underWay = [
  {
    problem: '上寨饮水管冬天常冻裂，群众反映半年没有回音',
    measure: '联系水务站换保温管，每半月在公示栏写一次进展',
    inDays: 6,
    note: '水务站11月底来看过，管材已报。',
  },
  { problem: '活动室灯坏了两盏，晚上学习看不清', measure: '党员义务换灯，费用从活动经费列支', inDays: 20, note: null },
] as const

export const promises = [
  '帮助上寨两户邻居管好草果，采收时出工五天',
  '每月到界碑段义务巡护两次，带一名年轻人同去',
  '每季度给村民讲一次惠农政策，用傣语、哈尼语各讲一遍',
  '负责活动室到河边道路的清扫，每周一次',
  '联系三户独居老人，赶街时帮他们买药',
] as const
