import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLive } from '../../api/live.ts';
import { openDialog, openDoctor } from '../../app/screen.ts';
import { useFormats } from '../../i18n/format.ts';
import classes from './set-up.module.css';
import { Arrows } from './visits-section.tsx';

/** The doctors in the order of the board, and the way to each one's page. */
export const DoctorsSection = () => {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data } = useLive('doctorDirectory', { withInactive: true }, ['doctors']);
  if (!data) return null;
  const order = data.doctors.filter(({ active }) => active).map(({ id }) => id);
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('setUp.tabs.doctors')}</h2>
        <Button variant="default" onClick={() => openDialog({ kind: 'editDoctor' })}>
          {t('setUp.doctors.add')}
        </Button>
      </div>
      <p className="soft">{t('setUp.doctors.hint')}</p>
      {data.doctors.length > 0 && (
        <ul className={`${classes['card']} ${classes['rows']}`}>
          {data.doctors.map((doctor) => {
            const name = formats.name(doctor.name);
            return (
              <li key={doctor.id}>
                <span className={classes['what']}>
                  <strong>{name}</strong>
                  <span className="soft">
                    {doctor.active
                      ? doctor.specialty && formats.name(doctor.specialty.name)
                      : t('setUp.doctors.left')}
                  </span>
                </span>
                {doctor.active && <Arrows what="doctor" id={doctor.id} name={name} order={order} />}
                <Button
                  variant="subtle"
                  size="compact-md"
                  aria-label={`${t('setUp.doctors.open')}: ${name}`}
                  onClick={() => openDoctor(doctor.id)}
                >
                  {t('setUp.doctors.open')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
};
