// Why a program: only the reader's own machine may say that the bytes are those of the receipt. Without it the page names
// the command that does the same.
interface Words {
  readonly begin: string;
  readonly same: string;
  readonly different: string;
  readonly failed: string;
}

const root = document.querySelector<HTMLElement>('#verify-proof');
if (root) start(root);

function start(root: HTMLElement): void {
  const words = JSON.parse(root.dataset['words'] ?? '{}') as Words;
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = words.begin;
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  button.addEventListener('click', () => {
    button.disabled = true;
    verify(root.dataset['address'] ?? '', root.dataset['sha256'] ?? '')
      .then((same) => (same ? words.same : words.different))
      .catch((error: unknown) => `${words.failed} ${error instanceof Error ? error.message : String(error)}`)
      .then((sentence) => {
        said.textContent = sentence;
        button.disabled = false;
      });
  });
  root.prepend(button, said);
}

/** Whether the bytes at the address have the hash that the receipt carries, as this browser computes it. */
async function verify(address: string, expected: string): Promise<boolean> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  const hash = await crypto.subtle.digest('SHA-256', await answer.arrayBuffer());
  const hex = [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex === expected;
}
