import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SetUp, SpecialtyInput } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { toast } from '../../app/toasts.tsx';
import { useForm } from '../../ui/form.ts';
import { Problem } from '../../ui/problem.tsx';
import classes from './set-up.module.css';

/** The specialties of the clinic, each a line that can be written over, and one more to add. */
export const SpecialtiesSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('setUp', {}, ['specialties']);
  if (!data) return null;
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('setUp.tabs.specialties')}</h2>
      </div>
      <div className={classes['card']}>
        {data.specialties.length === 0 && <p className="soft">{t('setUp.specialty.none')}</p>}
        {data.specialties.map((specialty) => (
          <SpecialtyLine
            key={`${specialty.id}${specialty.nameEn}${specialty.nameEl}`}
            specialty={specialty}
          />
        ))}
        <SpecialtyLine key={data.specialties.length} />
      </div>
    </div>
  );
};

const SpecialtyLine = ({ specialty }: { specialty?: SetUp['specialties'][number] }) => {
  const { t } = useTranslation();
  const form = useForm({
    name: `specialty ${specialty?.id ?? ''}`,
    initial: { nameEn: specialty?.nameEn ?? '', nameEl: specialty?.nameEl ?? '' },
    schema: SpecialtyInput,
    read: (draft) => ({ ...draft, ...(specialty ? { id: specialty.id } : {}) }),
    save: (input) => call('saveSpecialty', input),
    onSaved: ({ nameEn }) => toast(t('setUp.specialty.saved', { name: nameEn })),
  });
  const { draft, change } = form;
  const same = draft.nameEn === specialty?.nameEn && draft.nameEl === specialty.nameEl;
  return (
    <form ref={form.form} onSubmit={form.submit} noValidate>
      <div className={classes['inline']}>
        {(['nameEn', 'nameEl'] as const).map((name) => {
          const label = name === 'nameEn' ? t('setUp.specialty.name') : t('setUp.specialty.nameEl');
          return (
            <TextInput
              key={name}
              aria-label={specialty ? `${label}: ${specialty.nameEn}` : label}
              placeholder={label}
              value={draft[name]}
              maxLength={120}
              autoComplete="off"
              error={form.wrong(name) && t('setUp.missing')}
              onChange={(event) => change({ [name]: event.currentTarget.value })}
            />
          );
        })}
        <Button
          type="submit"
          variant="default"
          disabled={same}
          {...(specialty ? { 'aria-label': `${t('setUp.specialty.edit')}: ${specialty.nameEn}` } : {})}
        >
          {specialty ? t('setUp.specialty.edit') : t('setUp.specialty.add')}
        </Button>
      </div>
      {form.problem && <Problem>{form.problem}</Problem>}
    </form>
  );
};
