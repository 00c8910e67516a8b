import { hash, verify } from '@node-rs/argon2';
import { type Fault, fault, text } from '../../domain/fault.ts';

// OWASP ASVS 5.0 appendix C minimum: argon2id, 19 MiB, two passes, one lane.
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
// The commonest leaked passwords that are long enough to be tried here.
const COMMON = [
  'password1234',
  '123456789012',
  'qwertyuiop12',
  'administrator',
  'woaini1314520',
  '1qaz2wsx3edc',
  'abcd12345678',
];

let running = 0;
const waiting: (() => void)[] = [];

/** Limits hashing to four at once, so that a storm of logins does not take the machine from readers. */
async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFKC'), ARGON2));
}

// Verified against when there is no such account, so that both answers take the same time.
const absent = hashPassword('no account has this password');

export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const compared = stored ?? (await absent);
  const right = await inTurn(() => verify(compared, password.normalize('NFKC')));
  return right && stored !== null;
}

/** Length 12–128 and not among the commonest; no composition rules (NIST SP 800-63B). */
export function checkPassword(password: string, at: string): readonly Fault[] {
  const length = [...password.normalize('NFKC')].length;
  if (length >= 12 && length <= 128 && !COMMON.includes(password.toLowerCase())) return [];
  return [
    fault(
      at,
      'password.weak',
      // A password is never repeated in an answer.
      `${length} characters`,
      text('12–128 个字符，且不是常见密码', '12–128 characters, and not a common password'),
      text('请换一个更长的密码，例如几个不相关的词', 'choose a longer one, such as several unrelated words'),
    ),
  ];
}
