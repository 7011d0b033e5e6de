import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../api/client.ts';
import { toast } from '../../app/toasts.tsx';
import { isLongEnough, NewPasswordField } from '../../ui/new-password.tsx';
import { Card } from './card.tsx';
import { OwnFormView } from './own-form.tsx';
import { useOwnForm } from './use-own-form.ts';

/** The own password, which central is needed for. */
export const PasswordCard = () => {
  const { t } = useTranslation();
  return (
    <Card
      id="account-password"
      title={t('account.password.title')}
      hint={t('account.password.hint')}
      ways={[{ name: t('account.password.change'), form: (close) => <ChangePassword onClose={close} /> }]}
    />
  );
};

const ChangePassword = ({ onClose }: { onClose: () => void }) => {
  const { t } = useTranslation();
  const [next, setNext] = useState('');
  const form = useOwnForm({
    complete: isLongEnough(next),
    send: (password) => call('changePassword', { password, next }),
    onDone: () => {
      toast(t('account.password.done'));
      onClose();
    },
  });
  return (
    <OwnFormView form={form} does={t('account.password.save')} onClose={onClose}>
      <NewPasswordField
        label={t('account.password.next')}
        value={next}
        wrong={form.tried}
        onChange={setNext}
      />
    </OwnFormView>
  );
};
