import type { ComponentChildren, VNode } from 'preact';
import { type Frame, inLanguage, link } from '../frame.ts';
import { Footer } from './footer.tsx';

export const SECTIONS = ['standards', 'boards', 'draws', 'data'] as const;
export type Section = (typeof SECTIONS)[number];

const ADDRESS: Readonly<Record<Section, string>> = {
  standards: '/search',
  boards: '/boards',
  draws: '/draws',
  data: '/data',
};

// A browser asks for an icon on its own; this answers without a request.
const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 8 8%22%3E%3Crect width=%228%22 height=%228%22 rx=%221%22 fill=%22%23a8322a%22/%3E%3C/svg%3E';

interface Props {
  readonly frame: Frame;
  readonly title: string;
  readonly section?: Section | 'desk';
  /** Put before the title while there are errors, so that a screen reader says it first. */
  readonly hasErrors?: boolean;
  readonly islands?: readonly string[];
  /** Seconds after which the page is read again, for what moves on its own. */
  readonly refresh?: number;
  readonly children: ComponentChildren;
}

export function Layout({ frame, title, section, hasErrors, islands = [], refresh, children }: Props): VNode {
  const { t, lang, assets, bigText } = frame;
  const scripts = islands.flatMap((name) => assets.islands[name] ?? []);
  return (
    <html lang={lang === 'zh' ? 'zh-CN' : 'en'} class={bigText ? 'big' : undefined}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh ? <meta http-equiv="refresh" content={String(refresh)} /> : null}
        <title>{`${hasErrors ? t.site.error : ''}${title} · ${t.site.name}`}</title>
        <link rel="icon" href={ICON} />
        {assets.style ? <link rel="stylesheet" href={assets.style} /> : null}
        <link rel="alternate" hreflang={lang === 'zh' ? 'en' : 'zh-CN'} href={otherLanguage(frame)} />
        {assets.enhance ? <script type="module" src={assets.enhance} /> : null}
        {scripts.map((source) => (
          <script type="module" src={source} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.site.skip}
        </a>
        <Header frame={frame} section={section} />
        <main id="main" class="page">
          {children}
        </main>
        <Footer frame={frame} />
      </body>
    </html>
  );
}

function Header({ frame, section }: { readonly frame: Frame; readonly section: Section | 'desk' | undefined }): VNode {
  const { t, member } = frame;
  return (
    <header class="header">
      {frame.registerKind === 'real' ? null : <p class="demonstration">{t.site.demonstration}</p>}
      <div class="header-row">
        <a class="brand" href={link(frame, '/')}>
          <Seal />
          <span>{t.site.name}</span>
        </a>
        <nav aria-label={t.site.navigation}>
          <ul>
            {SECTIONS.map((name) => (
              <li>
                <a href={link(frame, ADDRESS[name])} aria-current={section === name ? 'true' : undefined}>
                  {t.site[name]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="header-end">
          <a href={otherLanguage(frame)} lang={frame.lang === 'zh' ? 'en' : 'zh-CN'}>
            {t.site.otherLanguage}
          </a>
          <a class="button" href={link(frame, '/desk')} aria-current={section === 'desk' ? 'true' : undefined}>
            {member ? t.site.ownDesk : t.site.desk}
          </a>
        </div>
      </div>
    </header>
  );
}

/** The square cinnabar seal; the name stands beside it. */
function Seal(): VNode {
  return (
    <svg class="seal" viewBox="0 0 30 30" width="30" height="30" aria-hidden="true">
      <rect width="30" height="30" rx="4" fill="#A8322A" />
      <path
        d="M8 7v16M8 9h6M8 15h5M14 9l-1 13M18 8h6M21 8v5M18 13h6v9M18 13v9M18 17h6"
        fill="none"
        stroke="#fff"
        stroke-width="2"
      />
    </svg>
  );
}

function otherLanguage(frame: Frame): string {
  return inLanguage(frame.lang === 'zh' ? 'en' : 'zh', frame.path);
}
