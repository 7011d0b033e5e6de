import { Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ImportNamespace, type ImportPreview } from '../../../src-main/contract/imports.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import classes from './imports.module.css';
import { chooseDoctor, doctorOf, setMapping, useWizard } from './wizard.ts';

/** What a person decides: which doctors are ours already, where visits without a place are, and what the source is called. */
export const Mapping = ({ preview }: { preview: ImportPreview }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { locations } = useClinic();
  const { mapping } = useWizard().draft;
  const hasVisits = preview.tables.some(({ becomes }) => becomes === 'appointments');
  return (
    <>
      {preview.doctors.length > 0 && <Doctors preview={preview} />}
      {hasVisits && locations.length > 1 && (
        <Select
          label={t('imports.location')}
          description={t('imports.locationHint')}
          placeholder={t('imports.noLocation')}
          maw={360}
          clearable
          clearButtonProps={{ 'aria-label': t('imports.noLocation') }}
          value={mapping.locationId ?? null}
          data={locations.map(({ id, name }) => ({ value: id, label: formats.name(name) }))}
          onChange={(value) => setMapping({ locationId: value ?? undefined })}
        />
      )}
      <details>
        <summary>{t('imports.namespace')}</summary>
        <Namespace preview={preview} />
      </details>
    </>
  );
};

const Doctors = ({ preview }: { preview: ImportPreview }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { doctors } = useClinic();
  const { draft } = useWizard();
  return (
    <>
      <h3 id="imports-doctors">{t('imports.doctors')}</h3>
      <table className={classes['table']} aria-labelledby="imports-doctors">
        <thead>
          <tr>
            <th scope="col">{t('imports.doctorThere')}</th>
            <th scope="col">{t('imports.doctorHere')}</th>
          </tr>
        </thead>
        <tbody>
          {preview.doctors.map((doctor) => (
            <tr key={doctor.sourceId}>
              <th scope="row">
                {doctor.name}
                {doctor.email && <span className="soft"> · {doctor.email}</span>}
              </th>
              <td>
                <Select
                  aria-label={t('imports.doctorHereOf', { name: doctor.name })}
                  placeholder={t('imports.newDoctor')}
                  w={240}
                  clearable
                  clearButtonProps={{ 'aria-label': t('imports.newDoctor') }}
                  value={doctorOf(draft, doctor)}
                  data={doctors.map((one) => ({ value: one.id, label: formats.name(one.name) }))}
                  onChange={(value) => chooseDoctor(doctor.sourceId, value)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
};

const Namespace = ({ preview: { namespace, namespaces } }: { preview: ImportPreview }) => {
  const { t } = useTranslation();
  const { mapping } = useWizard().draft;
  const typed = mapping.namespace ?? namespace;
  return (
    <>
      <p className="soft">{t('imports.namespaceHint')}</p>
      <TextInput
        key={namespace}
        label={t('imports.namespaceName')}
        maw={360}
        mt={8}
        defaultValue={typed}
        spellCheck={false}
        description={
          namespaces.length > 0 ? t('imports.earlier', { names: namespaces.join(', ') }) : undefined
        }
        onBlur={({ currentTarget: { value } }) => {
          const named = ImportNamespace.safeParse(value);
          if (named.success && named.data !== namespace) setMapping({ namespace: named.data });
        }}
      />
    </>
  );
};
