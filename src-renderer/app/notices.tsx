import { useTranslation } from 'react-i18next';
import { useClinic } from './clinic-data.tsx';
import { BackupNotice, ClockWarning, ConnectionNotice, CrashNotice, SetUpNotice } from './features.tsx';

/** What must be known all day: sample data, a key that lies in a file, a PC whose clock is wrong or in another zone. */
export const Notices = () => {
  const { t } = useTranslation();
  const { clinic, zone } = useClinic();
  const pc = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const notices = [
    clinic.isSample && t('app.sample'),
    clinic.insecureKeyFile && t('app.insecureKey'),
    pc !== zone && t('app.otherZone', { zone, pc }),
  ].filter((notice) => notice !== false);
  return (
    <div className="notices" role="status">
      {notices.map((notice) => (
        <span key={notice}>{notice}</span>
      ))}
      <SetUpNotice />
      <BackupNotice />
      <ConnectionNotice />
      <CrashNotice />
      <ClockWarning />
    </div>
  );
};
