import { IconCloudOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { readDoor } from '../../app/door.ts';
import classes from './sign-in.module.css';

const LOOK_MS = 10_000;

/** Says quietly that there is no connection, and that it is not needed here. */
export const Offline = ({ online }: { online: boolean }) => {
  const { t } = useTranslation();
  useEffect(() => {
    const timer = setInterval(() => void readDoor(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <span role="status" className={classes['offline']}>
      {!online && (
        <>
          <IconCloudOff size={16} stroke={1.75} aria-hidden="true" />
          {t('signIn.offline')}
        </>
      )}
    </span>
  );
};
