// Ends by a fault that nobody catches, as a desk would; its message quotes a patient.
import { openRecords, reportCrashes } from '../../../src-main/shell/records.ts';

const [, , data = '', how] = process.argv;
const records = openRecords({ data, desk: 'Front' });
reportCrashes(records);
records.log.info('at work');
const fault = Object.assign(new RangeError('Kanarinos is too long\n    at Kanarinos (kanarinos.ts:1:1)'), {
  code: 'E_ODD',
});
if (how === 'rejects') void Promise.reject(fault);
else
  setImmediate(() => {
    throw fault;
  });
