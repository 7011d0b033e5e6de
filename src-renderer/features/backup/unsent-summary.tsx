import { useTranslation } from 'react-i18next';
import type { UnsentHere } from '../../../src-main/contract/unsent.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { bySubject } from './kinds.ts';

/** What waits, by what it is about, and since when. */
export const UnsentSummary = ({ unsent: { waiting, refused, oldest } }: { unsent: UnsentHere }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { zone } = useClinic();
  const parts = [
    ...bySubject(waiting, ['count']).map(({ subject, count }) => t(`backup.subject.${subject}`, { count })),
    ...(refused > 0 ? [t('backup.subject.inbox', { count: refused })] : []),
  ];
  return (
    <p>
      {formats.list(parts)}
      {oldest && (
        <span className="soft"> · {t('backup.unsent.oldest', { time: formats.moment(oldest, zone) })}</span>
      )}
    </p>
  );
};
