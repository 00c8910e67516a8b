import type { Messages } from '../i18n/zh.ts';
import type { FaultWords, Labels } from './form-faults.ts';

/** What each input of the form is called, in the page and in its faults. */
export function formLabels({ form: t, submit }: Pick<Messages, 'form' | 'submit'>): Labels {
  return {
    '/draft/change/reason': t.changeReason,
    '/subject': t.subject,
    '/category': t.category,
    '/standard': t.standard,
    '/standard/number': t.number,
    '/standard/name': t.name,
    '/standard/issuedOn': t.issuedOn,
    '/standard/effectiveOn': t.effectiveOn,
    '/standard/replaces': t.replaces,
    '/standard/drafters': t.drafters,
    '/standard/references': t.references,
    '/standard/adopts': t.adopts,
    '/standard/jointWith': t.jointWith,
    '/migratedFrom': t.migratedFrom,
    '/migratedFrom/platform': t.platform,
    '/migratedFrom/id': t.migratedId,
    '/migratedFrom/publishedOn': t.migratedOn,
    '/migratedFrom/address': t.migratedAddress,
    '/products': t.products,
    '/parameters': t.parameters,
    '/indicators': t.indicators,
    '/text': t.text,
    '/commitment': t.commitment,
    '/commitment/version': t.commitment,
    '/commitment/signer': t.signer,
    '/commitment/capacity': t.capacity,
    'adopts/number': t.adoptsNumber,
    'adopts/relation': t.relation,
    'jointWith/enterprise': t.enterprise,
    'jointWith/number': t.jointNumber,
    'products/name': t.productName,
    'products/genericName': t.genericName,
    'products/brand': t.brand,
    'products/specification': t.specification,
    'products/models': t.models,
    'products/barcodes': t.barcodes,
    'parameters/name': t.parameterName,
    'parameters/value': t.parameterValue,
    'parameters/unit': t.unit,
    'indicators/name': t.indicatorName,
    'indicators/kind': t.kind,
    'indicators/comparator': t.comparator,
    'indicators/value': t.value,
    'indicators/second': t.second,
    'indicators/unit': t.unit,
    'indicators/testMethod': t.testMethod,
    'indicators/note': t.indicatorNote,
    'indicators/raw': t.raw,
    '/statements': submit.statement,
    '/waivers': submit.statement,
    'statements/reason': submit.reason,
    'statements/person': submit.person,
    'waivers/reason': submit.reason,
    'waivers/person': submit.person,
  };
}

/** The words around a fault, by language. */
export function faultWords({ form, site }: Pick<Messages, 'form' | 'site'>): FaultWords {
  const { please, expected, row, rowEnd } = form;
  const { colon, open, close } = site;
  return { please, expected, row, rowEnd, colon, open, close };
}
