import { z } from 'zod';
import { COMPARATORS } from '../indicators/requirement.ts';

/** What a declared standard is about. Services disclose functional indicators only (标准化法 art. 27). */
export const SUBJECTS = ['product', 'service'] as const;

/** 功能指标 / 性能指标 (标准化法 art. 27). */
export const INDICATOR_KINDS = ['function', 'performance'] as const;

/** What happened to a declaration; each leaves a version that stays. */
export const DECLARATION_EVENTS = ['published', 'revised', 'corrected', 'withdrawn'] as const;

export const DECLARATION_STATES = ['current', 'superseded', 'withdrawn'] as const;

const line = (max: number) => z.string().trim().min(1).max(max);
const date = z.iso.date();

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
  })
  .meta({ id: 'DeclaredIndicator' });
export type DeclaredIndicator = z.infer<typeof DeclaredIndicator>;

export const DeclaredProduct = z
  .strictObject({
    name: line(200),
    models: z.array(line(200)).min(1).max(500),
    brand: line(100).nullish(),
  })
  .meta({ id: 'DeclaredProduct' });

export const ProductParameter = z
  .strictObject({ name: line(60), value: line(60), unit: z.string().trim().max(40).nullish() })
  .meta({ id: 'ProductParameter' });

/** What an enterprise declares: a standard by number and name, the products or services under it, its indicators. */
export const DeclarationContent = z
  .strictObject({
    subject: z.enum(SUBJECTS),
    /** `<GB/T 4754 class>.<product category>`, from the register's category list. */
    category: z
      .string()
      .regex(/^[A-T]\d{2,4}\.[a-z0-9-]{1,40}$/u)
      .max(50),
    standard: z.strictObject({
      number: line(100),
      name: line(200),
      issuedOn: date.nullish(),
      effectiveOn: date,
    }),
    products: z.array(DeclaredProduct).min(1).max(50),
    /** Parameters of the product that decide which thresholds of a scheme apply to it (capacity, type). */
    parameters: z.array(ProductParameter).max(50).default([]),
    indicators: z.array(DeclaredIndicator).max(200).default([]),
  })
  .meta({ id: 'DeclarationContent' });
export type DeclarationContent = z.infer<typeof DeclarationContent>;
