// What `src/main.ts` reads when a process works in the background; nothing else needs BullMQ.
export { openQueue, prepareQueue } from './queue.ts';
export { startWorkers } from './start.ts';
