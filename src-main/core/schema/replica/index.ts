export * from './clinic-data.ts';
export * from './desk-data.ts';
