import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import classes from './idexx.module.css';
import { LoginCard } from './login-card.tsx';
import { ReadingCard } from './reading-card.tsx';
import { SettingsCard } from './settings-card.tsx';

/** How the clinic reads its IDEXX Neo: by whose login, when and how much, and now. */
export const IdexxSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('integrationSettings', {}, ['integrations']);
  return (
    <div className={classes['part']}>
      <h2>{t('idexx.title')}</h2>
      <p className="soft">{t('idexx.intro')}</p>
      <LoginCard />
      {data && (
        <>
          <ReadingCard enabled={data.idexx.enabled} />
          <SettingsCard key={JSON.stringify(data.idexx.settings)} settings={data.idexx.settings} />
        </>
      )}
    </div>
  );
};
