import type { VNode } from 'preact';
import { ErrorSummary, type SummaryLine } from '../components/error-summary.tsx';
import { TextField } from '../components/field.tsx';
import { type Frame, link } from '../frame.ts';
import { Layout } from '../layout/layout.tsx';

interface Props {
  readonly frame: Frame;
  readonly loginName: string;
  /** Own path to go to afterwards. */
  readonly next: string;
  readonly messages: readonly SummaryLine[];
}

export function LoginPage({ frame, loginName, next, messages }: Props): VNode {
  const t = frame.t.login;
  return (
    <Layout frame={frame} title={t.title} section="desk" hasErrors={messages.length > 0}>
      <h1>{t.title}</h1>
      <ErrorSummary title={frame.t.form.toCorrect(messages.length)} lines={messages} />
      <form class="login" method="post" action={link(frame, '/login')}>
        <input type="hidden" name="next" value={next} />
        <TextField
          name="loginName"
          label={t.name}
          value={loginName}
          maxLength={100}
          autocomplete="username"
          messages={messages}
        />
        <TextField
          name="password"
          label={t.password}
          type="password"
          value=""
          maxLength={512}
          autocomplete="current-password"
          messages={messages}
        />
        <details>
          <summary>{t.organisation}</summary>
          <TextField
            name="organisation"
            label={t.organisation}
            hint={t.organisationHint}
            value=""
            maxLength={18}
            messages={messages}
          />
        </details>
        <button class="primary">{t.button}</button>
      </form>
      <p class="hint">
        {t.apply} <a href={link(frame, '/join')}>{frame.t.join.title}</a>
      </p>
    </Layout>
  );
}
