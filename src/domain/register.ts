/** A real register; or one whose clock may be shifted and whose pages say so for ever. */
export const REGISTER_KINDS = ['real', 'demonstration', 'test'] as const;
export type RegisterKind = (typeof REGISTER_KINDS)[number];
