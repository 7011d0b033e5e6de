import { useTranslation } from 'react-i18next';
import type { MyAccount } from '../../../src-main/contract/session.ts';
import { useLive } from '../../api/live.ts';
import { Face } from '../../ui/face.tsx';
import classes from './account.module.css';
import { FactorCard } from './factor-card.tsx';
import { PasswordCard } from './password-card.tsx';
import { PinCard } from './pin-card.tsx';
import { SessionsCard } from './sessions-card.tsx';

/** The own account: password, PIN, second factor, and where one is signed in. */
export const AccountSection = () => {
  const { data, reload } = useLive('myAccount', {}, [
    'users',
    'staff_keys',
    'user_sessions',
    'clinics',
    'desks',
  ]);
  if (!data) return null;
  return (
    <>
      <Person account={data} />
      <PasswordCard />
      <PinCard account={data} onChange={reload} />
      <FactorCard account={data} onChange={reload} />
      <SessionsCard sessions={data.sessions} />
    </>
  );
};

const Person = ({ account }: { account: MyAccount }) => {
  const { t } = useTranslation();
  return (
    <header className={classes['person']}>
      <Face person={account} size="lg" />
      <div>
        <p className={classes['name']}>{account.name}</p>
        <p className="soft">
          {t(`signIn.roles.${account.role}`)} · {account.email}
        </p>
      </div>
    </header>
  );
};
