import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KioskAnswer } from '../../../src-main/contract/kiosk.ts';
import { call } from '../../api/client.ts';
import { birthDateOf } from './birth-date.ts';
import classes from './kiosk.module.css';

const empty = { firstName: '', lastName: '', day: '', month: '', year: '' };
type Field = keyof typeof empty;

/** Name and birth date. Whatever comes of it, a fault included, only says where to go. */
export const WhoForm = ({
  ofAnimals,
  onBack,
  onAnswer,
}: {
  ofAnimals: boolean;
  onBack: () => void;
  onAnswer: (answer: KioskAnswer) => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(empty);
  const [problem, setProblem] = useState<'missing' | 'wrongDate' | null>(null);
  const [sending, setSending] = useState(false);

  const send = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    if (Object.values(typed).some((value) => value.trim() === '')) return setProblem('missing');
    const dateOfBirth = birthDateOf(typed, new Date().toISOString().slice(0, 10));
    if (dateOfBirth === null) return setProblem('wrongDate');
    setSending(true);
    const { firstName, lastName } = typed;
    const result = await call('kioskCheckIn', { firstName, lastName, dateOfBirth });
    onAnswer(result.ok ? result.value.answer : 'front_desk');
  };
  const field = (name: Field) => ({
    classNames: { label: classes['label'] ?? '', input: classes['input'] ?? '' },
    value: typed[name],
    autoComplete: 'off',
    spellCheck: false,
    maxLength: 100,
    onChange: (event: { currentTarget: { value: string } }) =>
      setTyped({ ...typed, [name]: event.currentTarget.value }),
  });
  const digits = (name: 'day' | 'month' | 'year', length: number) => ({
    ...field(name),
    inputMode: 'numeric' as const,
    maxLength: length,
    label: t(`kiosk.${name}`),
    placeholder: t(`kiosk.${name}Hint`),
  });

  return (
    <form className={classes['form']} onSubmit={(event) => void send(event)} noValidate autoComplete="off">
      <h1>{t(ofAnimals ? 'kiosk.titleAnimal' : 'kiosk.title')}</h1>
      <TextInput
        {...field('lastName')}
        label={t(ofAnimals ? 'kiosk.lastNameAnimal' : 'kiosk.lastName')}
        autoFocus
      />
      <TextInput {...field('firstName')} label={t(ofAnimals ? 'kiosk.firstNameAnimal' : 'kiosk.firstName')} />
      <fieldset>
        <legend>{t(ofAnimals ? 'kiosk.birthDateAnimal' : 'kiosk.birthDate')}</legend>
        <div className={classes['date']}>
          <TextInput {...digits('day', 2)} />
          <TextInput {...digits('month', 2)} />
          <TextInput {...digits('year', 4)} />
        </div>
      </fieldset>
      <p role="alert" className={classes['problem']}>
        {problem && t(`kiosk.${problem}`)}
      </p>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={onBack}>
          {t('kiosk.back')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('kiosk.checkIn')}
        </Button>
      </div>
    </form>
  );
};
