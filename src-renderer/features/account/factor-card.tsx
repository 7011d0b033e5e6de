import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MyAccount } from '../../../src-main/contract/session.ts';
import { call } from '../../api/client.ts';
import { toast } from '../../app/toasts.tsx';
import { Card } from './card.tsx';
import { OwnFormView } from './own-form.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';
import { SetUpFactor } from './set-up-factor.tsx';
import { useOwnForm } from './use-own-form.ts';

/** The own second factor and its recovery codes. */
export const FactorCard = ({ account, onChange }: { account: MyAccount; onChange: () => void }) => {
  const { t } = useTranslation();
  const { secondFactor, recoveryCodesLeft, name } = account;
  const done = (close: () => void) => () => {
    onChange();
    close();
  };
  const setUp = {
    name: t('account.factor.begin'),
    form: (close: () => void) => <SetUpFactor name={name} onDone={done(close)} onClose={close} />,
  };
  const renew = {
    name: t('account.factor.renew'),
    form: (close: () => void) => <Renew name={name} onDone={done(close)} onClose={close} />,
  };
  const end = {
    name: t('account.factor.end'),
    form: (close: () => void) => <End onDone={done(close)} onClose={close} />,
  };
  const on = secondFactor === 'on';
  return (
    <Card
      id="account-factor"
      title={t('account.factor.title')}
      state={
        on
          ? `${t('account.factor.on')}. ${t('account.factor.codesLeft', { count: recoveryCodesLeft })}`
          : `${t('account.factor.off')}.`
      }
      hint={on ? '' : secondFactor === 'required' ? t('account.factor.required') : t('account.factor.hint')}
      ways={on ? [renew, end] : [setUp]}
    />
  );
};

interface FormProps {
  onDone: () => void;
  onClose: () => void;
}

const Renew = ({ name, onDone, onClose }: FormProps & { name: string }) => {
  const { t } = useTranslation();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const form = useOwnForm({
    complete: true,
    send: (password) => call('newRecoveryCodes', { password }),
    onDone: ({ recoveryCodes }) => setCodes(recoveryCodes),
  });
  if (codes) return <RecoveryCodes codes={codes} name={name} onKept={onDone} />;
  return <OwnFormView form={form} does={t('account.factor.renew')} onClose={onClose} />;
};

const End = ({ onDone, onClose }: FormProps) => {
  const { t } = useTranslation();
  const form = useOwnForm({
    complete: true,
    send: (password) => call('endSecondFactor', { password }),
    onDone: () => {
      toast(t('account.factor.ended'));
      onDone();
    },
  });
  return <OwnFormView form={form} does={t('account.factor.end')} color="red" onClose={onClose} />;
};
