import { Button, TextInput } from '@mantine/core';
import { type SubmitEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetUp } from '../../../src-main/contract/set-up.ts';
import { call } from '../../api/client.ts';
import { useLive } from '../../api/live.ts';
import { useKept } from '../../app/kept.ts';
import { useErrorText } from '../../app/messages.ts';
import { openDialog } from '../../app/screen.ts';
import { toast } from '../../app/toasts.tsx';
import { useFormats } from '../../i18n/format.ts';
import { ExceptionsList } from '../../ui/exceptions-list.tsx';
import { Problem } from '../../ui/problem.tsx';
import classes from './set-up.module.css';
import { useInUse } from './use-in-use.ts';

type Place = SetUp['locations'][number];

/** Where the clinic works: each location with its rooms and closed days. */
export const LocationsSection = () => {
  const { t } = useTranslation();
  const { data } = useLive('setUp', {}, ['clinic_locations', 'rooms']);
  return (
    <div className={classes['part']}>
      <div className={classes['partHead']}>
        <h2>{t('setUp.tabs.locations')}</h2>
        <Button variant="default" onClick={() => openDialog({ kind: 'editLocation' })}>
          {t('setUp.location.add')}
        </Button>
      </div>
      {data?.locations.map((place) => (
        <PlaceCard key={place.id} place={place} />
      ))}
    </div>
  );
};

const PlaceCard = ({ place }: { place: Place }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const setInUse = useInUse();
  const name = formats.name({ en: place.name, el: place.nameEl ?? '' });
  const address = [place.addressLine1, place.addressLine2, place.postalCode, place.city, place.country];
  const facts = [address.filter(Boolean).join(', '), place.timezone, place.phone].filter(Boolean);
  return (
    <section className={classes['card']} aria-label={name}>
      <div className={classes['partHead']}>
        <span className={classes['what']}>
          <strong>{name}</strong>
          <span className="soft">{facts.join(' · ')}</span>
          {!place.inUse && <span>{t('setUp.location.closed')}</span>}
        </span>
        <span>
          <Button
            variant="subtle"
            size="compact-md"
            aria-label={`${t('setUp.location.edit')}: ${name}`}
            onClick={() => openDialog({ kind: 'editLocation', location: place })}
          >
            {t('setUp.location.edit')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            size="compact-md"
            onClick={() => void setInUse('location', place.id, !place.inUse, name)}
          >
            {place.inUse ? t('setUp.location.close') : t('setUp.location.reopen')}
          </Button>
        </span>
      </div>
      {place.inUse && <Rooms place={place} />}
      {place.inUse && <ClosedDays place={place} />}
    </section>
  );
};

const Rooms = ({ place }: { place: Place }) => {
  const { t } = useTranslation();
  const formats = useFormats();
  const setInUse = useInUse();
  return (
    <>
      <h3>{t('setUp.location.rooms')}</h3>
      {place.rooms.length === 0 && <p className="soft">{t('setUp.location.noRooms')}</p>}
      <ul className={classes['rows']}>
        {place.rooms.map((room) => {
          const name = formats.name({ en: room.name, el: room.nameEl ?? '' });
          return (
            <li key={room.id}>
              <span className={room.inUse ? classes['what'] : `${classes['what']} soft`}>{name}</span>
              <Button
                variant="subtle"
                color="gray"
                size="compact-md"
                aria-label={`${room.inUse ? t('setUp.location.remove') : t('setUp.location.restore')}: ${name}`}
                onClick={() => void setInUse('room', room.id, !room.inUse, name)}
              >
                {room.inUse ? t('setUp.location.remove') : t('setUp.location.restore')}
              </Button>
            </li>
          );
        })}
      </ul>
      <AddRoom locationId={place.id} />
    </>
  );
};

const AddRoom = ({ locationId }: { locationId: string }) => {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const [name, setName] = useKept(`room ${locationId}`, '');
  const [nameEl, setNameEl] = useKept(`roomEl ${locationId}`, '');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return;
    const answer = await call('saveRoom', { locationId, name, nameEl });
    setProblem(answer.ok ? null : errorText(answer.error, 'UTC'));
    if (!answer.ok) return;
    toast(t('setUp.location.saved', { name }));
    setName('');
    setNameEl('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className={classes['inline']}>
        <TextInput
          aria-label={t('setUp.location.roomName')}
          placeholder={t('setUp.location.roomName')}
          value={name}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          aria-label={t('setUp.location.roomNameEl')}
          placeholder={t('setUp.location.roomNameEl')}
          value={nameEl}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => setNameEl(event.currentTarget.value)}
        />
        <Button type="submit" variant="default">
          {t('setUp.location.addRoom')}
        </Button>
      </div>
      {problem && <Problem>{problem}</Problem>}
    </form>
  );
};

const ClosedDays = ({ place }: { place: Place }) => {
  const { t } = useTranslation();
  return (
    <>
      <div className={classes['partHead']}>
        <h3>{t('setUp.location.closedDays')}</h3>
        <Button
          variant="subtle"
          size="compact-md"
          onClick={() => openDialog({ kind: 'exception', exception: 'holiday', locationId: place.id })}
        >
          {t('doctors.away.addHoliday')}
        </Button>
      </div>
      <ExceptionsList locationId={place.id} none={t('doctors.away.closedNone')} />
    </>
  );
};
