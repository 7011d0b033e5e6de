import { argv } from 'node:process';
import { fillMedicSqlite } from '../../integrations/import/medic-fixture.ts';

/** Writes a Medic database file to the path that is given: Playwright's own loader cannot load the driver. */
fillMedicSqlite(argv[2] ?? '');
