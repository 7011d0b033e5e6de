import { Button, Group, NumberInput, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type SetUp, VisitTypeInput } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { closeDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { DialogWindow } from '../../ui/dialog-window.tsx';
import { useForm } from '../../ui/form.ts';
import { MoneyInput } from '../../ui/money-input.tsx';
import { Problem } from '../../ui/problem.tsx';

type Visit = SetUp['visitTypes'][number];

interface Draft {
  nameEn: string;
  nameEl: string;
  specialtyId: string | null;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  /** Minor units; null while what is typed is no amount. */
  fee: number | null;
}

const lengths = [
  { name: 'durationMinutes', label: 'setUp.visit.duration', least: 5 },
  { name: 'bufferBeforeMinutes', label: 'setUp.visit.before', least: 0 },
  { name: 'bufferAfterMinutes', label: 'setUp.visit.after', least: 0 },
] as const;

/** What can be booked: its name in both languages, how long it takes, what is kept free around it, and the fee. */
export const VisitTypeDialog = ({ visitType }: { visitType?: Visit }) => {
  const { t } = useTranslation();
  const { clinic } = useClinic();
  const currency = visitType?.fee.currency ?? clinic.currency;
  const form = useForm({
    name: 'visitType',
    initial: () => draftOf(visitType),
    schema: VisitTypeInput,
    read: ({ fee, ...draft }) => ({
      ...draft,
      fee: { minor: fee, currency },
      ...(visitType ? { id: visitType.id } : {}),
    }),
    save: (input) => call('saveVisitType', input),
    onSaved: ({ nameEn }) => {
      toast(t('setUp.visit.saved', { name: nameEn }));
      closeDialog();
    },
  });
  const { draft, change, wrong } = form;
  return (
    <DialogWindow
      title={visitType ? t('setUp.visit.editTitle', { name: visitType.nameEn }) : t('setUp.visit.addTitle')}
      size={600}
    >
      <form ref={form.form} onSubmit={form.submit} noValidate>
        <Stack gap="md">
          <SimpleGrid cols={2} spacing="md" verticalSpacing="md">
            <TextInput
              label={t('setUp.visit.name')}
              value={draft.nameEn}
              autoComplete="off"
              data-autofocus
              error={wrong('nameEn') && t('setUp.missing')}
              onChange={(event) => change({ nameEn: event.currentTarget.value })}
            />
            <TextInput
              label={t('setUp.visit.nameEl')}
              value={draft.nameEl}
              autoComplete="off"
              onChange={(event) => change({ nameEl: event.currentTarget.value })}
            />
            {lengths.map(({ name, label, least }) => (
              <NumberInput
                key={name}
                label={t(label)}
                suffix={` ${t('setUp.clinic.minutes')}`}
                min={least}
                max={720}
                step={5}
                allowDecimal={false}
                value={draft[name]}
                error={wrong(name) && t('setUp.missing')}
                onChange={(value) => change({ [name]: Number(value) })}
              />
            ))}
            <MoneyInput
              label={t('setUp.visit.fee')}
              currency={currency}
              initial={draft.fee}
              {...(wrong('fee.minor') ? { error: t('setUp.visit.feeMissing') } : {})}
              onAmount={(fee) => change({ fee })}
            />
            <SpecialtyChoice value={draft.specialtyId} onChange={(specialtyId) => change({ specialtyId })} />
          </SimpleGrid>
          {form.problem && <Problem>{form.problem}</Problem>}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('app.cancel')}
            </Button>
            <Button type="submit" loading={form.saving}>
              {t('app.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </DialogWindow>
  );
};

const SpecialtyChoice = ({
  value,
  onChange,
}: {
  value: string | null;
  onChange: (specialtyId: string | null) => void;
}) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { specialties } = useClinic();
  return (
    <Select
      label={t('setUp.visit.specialty')}
      placeholder={t('setUp.visit.anySpecialty')}
      data={specialties.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
      value={value}
      clearable
      clearButtonProps={{ 'aria-label': t('setUp.visit.anySpecialty') }}
      onChange={onChange}
    />
  );
};

const draftOf = (visit: Visit | undefined): Draft => ({
  nameEn: visit?.nameEn ?? '',
  nameEl: visit?.nameEl ?? '',
  specialtyId: visit?.specialtyId ?? null,
  durationMinutes: visit?.durationMinutes ?? 30,
  bufferBeforeMinutes: visit?.bufferBeforeMinutes ?? 0,
  bufferAfterMinutes: visit?.bufferAfterMinutes ?? 0,
  fee: visit?.fee.minor ?? null,
});
