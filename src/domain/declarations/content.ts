import { z } from 'zod';
import { COMPARATORS } from '../indicators/requirement.ts';
import { ADOPTION_RELATIONS } from '../standards/catalogue.ts';
import { SIGNER_CAPACITIES } from './commitment.ts';

/** What a declared standard is about. Services disclose functional indicators only (标准化法 art. 27). */
export const SUBJECTS = ['product', 'service'] as const;

/** 功能指标 / 性能指标 (标准化法 art. 27). */
export const INDICATOR_KINDS = ['function', 'performance'] as const;

/** What happened to a declaration; each leaves a version that stays. */
export const DECLARATION_EVENTS = [
  'published',
  'revised',
  'corrected',
  /** Another enterprise holds it from now on (合并、分立、移交). */
  'handed-over',
  'withdrawn',
  'abolished',
  'number-revoked',
] as const;
export type DeclarationEvent = (typeof DECLARATION_EVENTS)[number];

/** Acts of an authority of province level and above (标准化法 arts. 39, 42): 责令废止, 撤销编号. */
export const AUTHORITY_EVENTS = ['abolished', 'number-revoked'] as const;

/** Events after which a declaration is in force no longer, and takes part in no comparison and no draw. */
export const ENDING_EVENTS = ['withdrawn', ...AUTHORITY_EVENTS] as const satisfies readonly DeclarationEvent[];

/** `withdrawn` is the enterprise's own act (废止); a revised edition stays `current` under its new number. */
export const DECLARATION_STATES = ['current', ...ENDING_EVENTS] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const date = z.iso.date();

export const CATEGORY = /^[A-T]\d{2,4}(\.[a-z0-9-]{1,40})?$/u;

export const DeclaredIndicator = z
  .strictObject({
    name: line(100),
    kind: z.enum(INDICATOR_KINDS),
    comparator: z.enum(COMPARATORS),
    value: line(200),
    second: line(40).nullish(),
    unit: z.string().trim().max(40).default(''),
    testMethod: line(200).nullish(),
    /** The requirement as printed in the standard; written from the parts where it is not given. */
    raw: line(300).nullish(),
    /** 指标水平说明: what the declarer says of its level, in its own words. */
    note: line(300).nullish(),
  })
  .meta({ id: 'DeclaredIndicator' });
export type DeclaredIndicator = z.infer<typeof DeclaredIndicator>;

export const DeclaredProduct = z
  .strictObject({
    name: line(200),
    /** 通用名. */
    genericName: line(200).nullish(),
    brand: line(100).nullish(),
    specification: line(200).nullish(),
    models: z.array(line(200)).min(1).max(500),
    /** 商品条码, GTIN with its check digit. */
    barcodes: z.array(line(20)).max(500).nullish(),
  })
  .meta({ id: 'DeclaredProduct' });
export type DeclaredProduct = z.infer<typeof DeclaredProduct>;

export const ProductParameter = z
  .strictObject({ name: line(60), value: line(60), unit: z.string().trim().max(40).nullish() })
  .meta({ id: 'ProductParameter' });

export const DeclaredStandard = z
  .strictObject({
    number: line(100),
    name: line(200),
    issuedOn: date.nullish(),
    effectiveOn: date,
    /** 代替: earlier editions that this one takes the place of. */
    replaces: z.array(line(100)).max(20).nullish(),
    /** 起草人, as printed. */
    drafters: line(300).nullish(),
    /** 采用国际标准. */
    adopts: z
      .array(z.strictObject({ number: line(100), relation: z.enum(ADOPTION_RELATIONS) }))
      .max(20)
      .nullish(),
    /** 联合制定: the other enterprises; each declares the text under its own number (企业标准化促进办法 art. 13). */
    jointWith: z
      .array(z.strictObject({ enterprise: line(200), number: line(100).nullish() }))
      .max(50)
      .nullish(),
    /** 规范性引用文件: standards that the text cites. */
    references: z.array(line(100)).max(200).nullish(),
  })
  .meta({ id: 'DeclaredStandard' });

/** 明示 (企业标准化促进办法 art. 14): what is fewer or lower than a recommended standard, why, and who says so. */
export const DeclaredStatement = z
  .strictObject({ code: line(60), about: line(200), reason: line(500), person: line(100) })
  .meta({ id: 'DeclaredStatement', description: 'answers a finding of severity `state`, by its `code` and `about`' });

/** A warning that the declarer leaves as it is: public, with the person and the reason. */
export const DeclaredWaiver = z
  .strictObject({ code: line(60), about: line(200), reason: line(500), person: line(100) })
  .meta({ id: 'DeclaredWaiver', description: 'answers a finding of severity `warn`, by its `code` and `about`' });

/** What an enterprise declares: a standard by number and name, the products or services under it, its indicators. */
export const DeclarationContent = z
  .strictObject({
    subject: z.enum(SUBJECTS),
    /** A GB/T 4754 class, or `<class>.<product category>`, from the register's category list. */
    category: z.string().regex(CATEGORY).max(50),
    standard: DeclaredStandard,
    products: z.array(DeclaredProduct).min(1).max(50),
    /** Parameters of the product that decide which thresholds of a scheme apply to it (capacity, type). */
    parameters: z.array(ProductParameter).max(50).default([]),
    indicators: z.array(DeclaredIndicator).max(200).default([]),
    /** The text of an own standard as PDF, by the SHA-256 of its bytes; absent where only the indicators are disclosed. */
    text: z
      .strictObject({ sha256: z.string().regex(/^[0-9a-f]{64}$/u), name: line(200), bytes: z.int().min(1) })
      .nullish(),
    /** 自我声明承诺书: its edition, who signs, and in which capacity. */
    commitment: z
      .strictObject({ version: z.int().min(1), signer: line(100), capacity: z.enum(SIGNER_CAPACITIES) })
      .nullish(),
    statements: z.array(DeclaredStatement).max(200).nullish(),
    waivers: z.array(DeclaredWaiver).max(200).nullish(),
    /** 迁入: declared elsewhere before; the register repeats what is said of that, and its receipt claims only its own time. */
    migratedFrom: z
      .strictObject({ platform: line(100), id: line(200), publishedOn: date, address: z.url().max(500).nullish() })
      .nullish(),
  })
  .meta({ id: 'DeclarationContent' });
export type DeclarationContent = z.infer<typeof DeclarationContent>;
