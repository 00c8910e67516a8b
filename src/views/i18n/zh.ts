import { zhBodies } from './zh-bodies.ts';
import { zhBoards } from './zh-boards.ts';
import { zhDeclared } from './zh-declared.ts';
import { zhDesk } from './zh-desk.ts';
import { zhDraws } from './zh-draws.ts';
import { zhLists } from './zh-lists.ts';
import { zhForerunners } from './zh-forerunners.ts';
import { zhPeople } from './zh-people.ts';
import { zhRuns } from './zh-runs.ts';
import { zhForm } from './zh-form.ts';
import { zhHelp } from './zh-help.ts';
import { zhImports } from './zh-imports.ts';
import { zhSchemes } from './zh-schemes.ts';
import { zhObjections } from './zh-objections.ts';
import { zhStandards } from './zh-standards.ts';

/** Every sentence that a visitor reads, by page; `en.ts` has the same keys. */
export const zh = {
  ...zhBoards,
  ...zhBodies,
  ...zhDraws,
  ...zhDeclared,
  ...zhDesk,
  ...zhForm,
  ...zhHelp,
  ...zhPeople,
  ...zhImports,
  ...zhLists,
  ...zhRuns,
  ...zhSchemes,
  ...zhForerunners,
  ...zhObjections,
  ...zhStandards,
  site: {
    name: '企业标准自我声明公开平台',
    skip: '跳到正文',
    navigation: '主导航',
    standards: '查标准',
    boards: '排行榜',
    draws: '双随机抽查',
    data: '数据',
    desk: '登录工作台',
    ownDesk: '工作台',
    otherLanguage: 'English',
    demonstration: '演示数据，非真实登记',
    demonstrationMark: '演示',
    bigText: '大字版',
    normalText: '标准字号',
    operator: '主办单位',
    contact: '联系方式',
    accessibility: '无障碍声明',
    problems: '问题代码',
    error: '错误：',
    colon: '：',
    open: '（',
    close: '）',
    semicolon: '；',
    comma: '、',
    print: '本页地址',
    unknownCount: (shown: string) => `≥ ${shown}`,
  },
  search: {
    title: '查企业标准',
    label: '标准号、企业、产品或统一社会信用代码',
    button: '查询',
    hint: '例如 Q/ABCD 001-2026、空气净化器、一家企业的名称或 18 位代码',
    found: (count: string, query: string) => `“${query}”有 ${count} 项声明`,
    listed: (count: string) => `本页 ${count} 项声明`,
    capped: (limit: string) => `只显示前 ${limit} 项；请写得更具体`,
    none: (query: string) => `没有符合“${query}”的声明。`,
    noneInCategory: '该类别还没有声明。',
    clear: '清除条件',
    byCategory: '按类别查看',
    number: '标准编号',
    standard: '标准与产品',
    enterprise: '企业',
    indicator: '首项指标',
    state: '状态',
    publishedOn: '公开日期',
    noIndicator: '未声明指标',
    next: '下一页',
    first: '回到第一页',
    results: '查询结果',
  },
  home: {
    title: '企业声明了什么标准，一查便知',
    lead: '企业自我声明公开的产品和服务标准，可逐项比对的排行榜，任何人都能复算的双随机抽查。',
    declarations: '现行声明',
    enterprises: '企业',
    lists: '排行榜期次',
    asOf: (time: string) => `截至北京时间 ${time}`,
    counters: '登记数量',
    newestBoards: '最新排行榜',
    newestDraws: '最新抽查',
    allBoards: '全部排行榜',
    allDraws: '全部抽查',
    noBoards: '还没有发布过排行榜。',
    noDraws: '还没有公布过抽查。',
  },
  states: { current: '现行有效', withdrawn: '已废止', abolished: '已被责令废止', 'number-revoked': '编号已被撤销' },
  declaration: {
    sentence: (number: string, date: string, state: string) => `执行 ${number}，${date} 公开，${state}。`,
    declares: '声明其',
    indicators: '指标',
    indicator: '指标名称',
    requirement: '要求',
    method: '检验方法',
    kind: '性质',
    function: '功能',
    performance: '性能',
    noMethod: '未写明',
    noIndicators: '该声明执行公共标准，未另列指标。',
    products: '产品与型号',
    product: '产品或服务',
    brand: '品牌',
    models: '型号',
    parameters: '产品参数',
    parameter: '参数',
    value: '值',
    standard: '标准',
    name: '标准名称',
    issuedOn: '发布日期',
    effectiveOn: '实施日期',
    category: '类别',
    receipt: '公开凭证',
    id: '公开编号',
    publishedAt: '公开时间',
    beijing: (time: string) => `北京时间 ${time}`,
    document: '内容 SHA-256',
    logIndex: '公开日志编号',
    logWaiting: '等待编号（通常几秒内完成）',
    revision: '版本',
    signer: '声明人',
    findings: '抽查结果',
    noFindings: '没有公布过对该声明的抽查结果。',
    verdict: '结论',
    codes: '发现的问题',
    draw: '抽查批次',
    note: '说明',
    download: '下载 JSON',
    creditCode: '统一社会信用代码',
    markException: '该代码按登记机关所发收录，校验位不符合 GB 32100',
    markConfirmed: '该代码校验位不符合 GB 32100，已由平台凭执照核实',
    markUnconfirmed: '该代码尚未核实',
    province: '地区',
    provinceUnknown: '代码中的区划已撤销或属国家级登记机关',
  },
  enterprise: {
    declarations: '公开的声明',
    none: '该企业还没有公开声明。',
    findings: '抽查结果',
    noFindings: '没有公布过对该企业声明的抽查结果。',
    counted: (name: string, shown: string) => `${name}公开的企业标准声明，本页 ${shown} 项。`,
  },
};

/** The same keys in any language: sentences, and functions of the same parameters that give one. */
type Wording<Value> = Value extends string
  ? string
  : Value extends (...given: infer Given) => string
    ? (...given: Given) => string
    : { readonly [Key in keyof Value]: Wording<Value[Key]> };
export type Messages = Wording<typeof zh>;
