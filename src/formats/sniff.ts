import { text } from '../domain/fault.ts';
import type { Format } from './limits.ts';
import { type FileRefusal, refuseFile } from './refusal.ts';

const ZIP = [0x50, 0x4b, 0x03, 0x04];
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Holds what a file begins with against what it is said to be; null where nothing speaks against it. */
export function sniff(first: Uint8Array, format: Format): FileRefusal | null {
  const begins = (magic: readonly number[]) => magic.every((byte, i) => first[i] === byte);
  const found = [...first.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  if (begins(OLE)) {
    return refuseFile(
      'file.encrypted-or-old',
      '',
      found,
      text('未加密的 .xlsx 或 CSV', 'a .xlsx without a password, or CSV'),
      text('请取消密码，或另存为 .xlsx 后重新上传', 'remove the password or save it as .xlsx, and send it again'),
    );
  }
  if (format === 'xlsx' && !begins(ZIP)) {
    return refuseFile(
      'file.magic',
      '',
      found,
      text('.xlsx 工作簿（文件头 50 4b 03 04）', 'a .xlsx workbook (it begins with 50 4b 03 04)'),
      text('请用表格软件另存为 .xlsx', 'save it as .xlsx with a spreadsheet program'),
    );
  }
  if (format !== 'xlsx' && begins(ZIP)) {
    return refuseFile(
      'file.magic',
      '',
      found,
      text('文本文件；这是压缩包或工作簿', 'a text; this is an archive or a workbook'),
      text('工作簿请以 .xlsx 上传，压缩包请先解压', 'send a workbook as .xlsx; unpack an archive first'),
    );
  }
  return null;
}
