import type { SqlPlant } from './plant-sql.ts';

/** A mistake put into a file of the product when it is loaded: `from` stands in its text once and becomes `to`. */
export interface SourcePlant {
  /** Path from the project's folder. */
  file: string;
  from: string;
  to: string;
}

/** A mistake that the simulator must find, in the sources or in a function of central. */
export interface Plant {
  /** What went wrong, as one would say it of a real one. */
  says: string;
  sources?: readonly SourcePlant[];
  sql?: SqlPlant;
}

/** The mistakes that can be planted, by the name that `--planted` takes. The product itself knows nothing of them. */
export const plants: Record<string, Plant> = {
  'cursor-before-rows': {
    says: 'the position is saved before the rows that it stands for',
    sources: [
      {
        file: 'src-main/core/sync/catch-up.ts',
        from: 'const tables = replica.repeatable(() => applyRows(replica, slice.rows.map(toCentralRow), slice.cursor));',
        to: `if (slice.cursor !== null) replica.repeatable(() => applyRows(replica, [], slice.cursor));
    const tables = replica.repeatable(() => applyRows(replica, slice.rows.map(toCentralRow), null));`,
      },
    ],
  },
  'sequence-not-checked': {
    says: 'central takes a number of a desk twice',
    sql: { function: 'check_sequence', edits: [{ from: `RETURN 'forked';`, to: 'NULL;' }] },
  },
  'notice-trusted': {
    says: 'a desk reads only when another one has told it to',
    sources: [
      {
        file: 'src-main/core/sync/contact.ts',
        from: 'const caughtUp = await catchUp(this.#central, desk.replica);',
        to: `const told = Reflect.get(this, 'told') !== false;
    Reflect.set(this, 'told', false);
    const caughtUp = told ? await catchUp(this.#central, desk.replica) : 'current';`,
      },
      {
        file: 'src-main/core/sync/contact.ts',
        from: 'await listen(this.#central, clinicId, heard);',
        to: `await listen(this.#central, clinicId, () => {
      Reflect.set(this, 'told', true);
      heard();
    });`,
      },
    ],
  },
  'before-image-ignored': {
    says: 'the later of two desks wins a column in silence',
    sql: {
      function: 'set_change_row',
      edits: [
        { from: 'FILTER (WHERE now_row->k = had->k)', to: '' },
        { from: 'FILTER (WHERE now_row->k <> had->k)', to: 'FILTER (WHERE false)' },
      ],
    },
  },
  'dependants-dropped': {
    says: 'what stood on a refused change is in no inbox',
    sources: [
      {
        file: 'src-main/core/sync/refusal.ts',
        from: 'const refused = [change, ...withIt].map(toKeep);',
        to: 'const refused = [change].map(toKeep);',
      },
    ],
  },
  'incarnation-not-renewed': {
    says: 'a copied desk goes on in the stream of the one that it is a copy of',
    sources: [
      {
        file: 'src-main/core/replica/stream.ts',
        from: `store.statement('update desk_state set incarnation = ?, next_seq = ?').run(incarnation, changes.length + 1);`,
        to: `store.statement('update desk_state set incarnation = coalesce(incarnation, ?), next_seq = ?').run(incarnation, changes.length + 1);`,
      },
    ],
  },
  'lease-not-heeded': {
    says: 'another desk may book what is kept for this one',
    sql: {
      function: 'check_slot_lease',
      edits: [{ from: `IF kept IS NOT NULL THEN`, to: 'IF false THEN' }],
    },
  },
};
