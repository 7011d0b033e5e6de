import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MyAccount, Pin } from '../../../src-main/contract/session.ts';
import { call } from '../../api/client.ts';
import { toast } from '../../app/toasts.tsx';
import { NewPinField } from '../../ui/pin-field.tsx';
import { Card } from './card.tsx';
import { OwnFormView } from './own-form.tsx';
import { useOwnForm } from './use-own-form.ts';

/** The own PIN, for quick switching. */
export const PinCard = ({ account: { pinSet }, onChange }: { account: MyAccount; onChange: () => void }) => {
  const { t } = useTranslation();
  const done = (close: () => void) => () => {
    onChange();
    close();
  };
  const set = {
    name: pinSet ? t('account.pin.change') : t('account.pin.begin'),
    form: (close: () => void) => <SetPin onDone={done(close)} onClose={close} />,
  };
  const remove = {
    name: t('account.pin.remove'),
    form: (close: () => void) => <RemovePin onDone={done(close)} onClose={close} />,
  };
  return (
    <Card
      id="account-pin"
      title={t('account.pin.title')}
      state={pinSet ? t('account.pin.set') : t('account.pin.unset')}
      hint={t('account.pin.hint')}
      ways={pinSet ? [set, remove] : [set]}
    />
  );
};

interface FormProps {
  onDone: () => void;
  onClose: () => void;
}

const SetPin = ({ onDone, onClose }: FormProps) => {
  const { t } = useTranslation();
  const [pin, setPin] = useState('');
  const isPin = Pin.safeParse(pin).success;
  const form = useOwnForm({
    complete: isPin,
    send: (password) => call('setPin', { password, pin }),
    onDone: () => {
      toast(t('account.pin.done'));
      onDone();
    },
  });
  return (
    <OwnFormView form={form} does={t('account.pin.save')} onClose={onClose}>
      <NewPinField
        label={t('account.pin.next')}
        value={pin}
        error={form.tried && !isPin ? t('signIn.newPin.wrong') : null}
        onChange={setPin}
      />
    </OwnFormView>
  );
};

const RemovePin = ({ onDone, onClose }: FormProps) => {
  const { t } = useTranslation();
  const form = useOwnForm({
    complete: true,
    send: (password) => call('setPin', { password, pin: null }),
    onDone: () => {
      toast(t('account.pin.removed'));
      onDone();
    },
  });
  return <OwnFormView form={form} does={t('account.pin.remove')} color="red" onClose={onClose} />;
};
