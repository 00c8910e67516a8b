import type { Messages } from '../i18n/zh.ts';
import type { FaultWords, Labels } from './form-faults.ts';

/** What each input of the form is called, in the page and in its faults. */
export function formLabels({ form: t }: Pick<Messages, 'form'>): Labels {
  return {
    '/subject': t.subject,
    '/category': t.category,
    '/standard': t.standard,
    '/standard/number': t.number,
    '/standard/name': t.name,
    '/standard/issuedOn': t.issuedOn,
    '/standard/effectiveOn': t.effectiveOn,
    '/products': t.products,
    '/parameters': t.parameters,
    '/indicators': t.indicators,
    '/commitment': t.commitment,
    '/commitment/version': t.commitment,
    '/commitment/signer': t.signer,
    '/commitment/capacity': t.capacity,
    'products/name': t.productName,
    'products/brand': t.brand,
    'products/models': t.models,
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
  };
}

/** The words around a fault, by language. */
export function faultWords({ form, site }: Pick<Messages, 'form' | 'site'>): FaultWords {
  const { please, expected, row, rowEnd } = form;
  const { colon, open, close } = site;
  return { please, expected, row, rowEnd, colon, open, close };
}
