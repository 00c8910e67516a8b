import type { VNode } from 'preact';
import { type Frame, link } from '../frame.ts';

/** Who runs the register, where to turn, and the switch for large text, which is a form because a GET changes nothing. */
export function Footer({ frame }: { readonly frame: Frame }): VNode {
  const { t, site, bigText } = frame;
  return (
    <footer class="footer">
      <div class="footer-row">
        <ul>
          {site.operatorName ? (
            <li>{`${t.site.operator}${t.site.colon}${site.operatorName}`}</li>
          ) : (
            <li>{t.site.name}</li>
          )}
          {site.icp ? <li lang="zh-CN">{site.icp}</li> : null}
          {site.contact ? <li>{`${t.site.contact}${t.site.colon}${site.contact}`}</li> : null}
          <li>
            <a href={link(frame, '/bodies')}>{t.bodies.title}</a>
          </li>
          <li>
            <a href={link(frame, '/objections')}>{t.objections.title}</a>
          </li>
          <li>
            <a href={link(frame, '/accessibility')}>{t.site.accessibility}</a>
          </li>
          <li>
            <a href={link(frame, '/help/problems')}>{t.site.problems}</a>
          </li>
        </ul>
        <form method="post" action={link(frame, '/preferences')}>
          <input type="hidden" name="back" value={link(frame, frame.path)} />
          <button class="plain" name="text" value={bigText ? 'normal' : 'big'}>
            {bigText ? t.site.normalText : t.site.bigText}
          </button>
        </form>
      </div>
      <p class="print-only">{`${t.site.print}${t.site.colon}${frame.address}`}</p>
    </footer>
  );
}
