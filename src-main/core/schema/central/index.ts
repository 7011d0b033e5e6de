export * from './clinic.ts';
export * from './idexx.ts';
export * from './leases.ts';
export * from './messages.ts';
export * from './outside.ts';
export * from './people.ts';
export * from './schedule.ts';
export * from './sync.ts';
