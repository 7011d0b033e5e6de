import { v7 as newId } from 'uuid';
import { Replica } from '../../../src-main/core/replica/open.ts';
import { writeChange } from '../../../src-main/core/replica/write.ts';
import { patients } from '../../../src-main/core/schema/replica/index.ts';

// Registers animals with their owners, one change of two rows after the other, and says each that is saved.
const [file = '', key = ''] = process.argv.slice(2);
const replica = new Replica({ file, key: Buffer.from(key, 'hex'), newId });
const desk = { replica, now: () => new Date().toISOString(), newId: () => newId() };

for (let count = 0; ; count += 1) {
  const [owner, animal] = [newId(), newId()];
  writeChange(desk, { kind: 'registerPatient', actor: null }, (change) => {
    change.insert(patients, { id: owner, firstName: 'Owner', lastName: `No${count}` });
    change.insert(patients, { id: animal, firstName: 'Rex', lastName: `No${count}`, ownerId: owner });
  });
  process.stdout.write(`${owner} ${animal}\n`);
  if (count % 50 === 49) replica.checkpoint();
}
