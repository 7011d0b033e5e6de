import { useTranslation } from 'react-i18next';
import { useClinic } from './clinic-data.tsx';
import { BackupNotice, ConnectionNotice, CrashNotice, SetUpNotice, TroubleNotices } from './features.tsx';

/** What must be known all day: what endangers this desk, sample data, a key that lies in a file, a PC in another zone. */
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
      <TroubleNotices />
      {notices.map((notice) => (
        <span key={notice}>{notice}</span>
      ))}
      <SetUpNotice />
      <BackupNotice />
      <ConnectionNotice />
      <CrashNotice />
    </div>
  );
};
