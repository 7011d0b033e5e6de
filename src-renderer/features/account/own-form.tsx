import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../ui/problem.tsx';
import classes from './account.module.css';
import { OwnPassword } from './own-password.tsx';
import type { OwnForm } from './use-own-form.ts';

/** The form of `useOwnForm`: the password, whatever else it asks, and what it does. */
export const OwnFormView = ({
  form,
  does,
  color,
  onClose,
  children,
}: {
  form: OwnForm;
  /** What its button is called. */
  does: string;
  color?: 'red';
  onClose?: () => void;
  children?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <form
      className={classes['form']}
      onSubmit={form.submit}
      noValidate
      autoComplete="off"
      onKeyDown={(event) => event.key === 'Escape' && onClose?.()}
    >
      <OwnPassword ref={form.first} value={form.password} missing={form.tried} onChange={form.setPassword} />
      {children}
      {form.problem && <Problem key={form.problem.key}>{form.problem.text}</Problem>}
      <Group justify="flex-end" gap="sm">
        {onClose && (
          <Button variant="default" onClick={onClose}>
            {t('app.cancel')}
          </Button>
        )}
        <Button type="submit" loading={form.busy} {...(color ? { color } : {})}>
          {does}
        </Button>
      </Group>
    </form>
  );
};
