import {
  Button,
  Checkbox,
  Group,
  Popover,
  ScrollArea,
  SegmentedControl,
  Select,
  Stack,
  Switch,
  Text,
} from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useClinic } from '../../app/clinic-data.tsx';
import { useFormats } from '../../i18n/format.ts';
import { IconFilter } from '../../ui/icons.ts';
import { showEveryone, useBoard, zooms } from './board-state.ts';
import { useFilter } from './use-filter.ts';

/** What of the day is shown: which doctors, cancelled ones or not, and how close. */
export const BoardOptions = () => {
  const { t } = useTranslation();
  const { view, by, showCancelled, zoom } = useBoard();
  const { doctors } = useClinic();
  const left = useFilter();
  const isOwnWeek = view === 'week' && by === 'doctor';
  return (
    <Group gap={4} wrap="nowrap">
      <Popover trapFocus returnFocus position="bottom-start" transitionProps={{ duration: 0 }}>
        <Popover.Target>
          <Button
            px={12}
            variant={left || showCancelled ? 'light' : 'default'}
            leftSection={<IconFilter size={16} aria-hidden="true" />}
          >
            {left ? (
              t('board.shownOf', { count: doctors.length - left.size, all: doctors.length })
            ) : (
              <span className="tool-word">{t('board.show')}</span>
            )}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="md" w={264}>
            <Switch
              label={t('board.showCancelled')}
              checked={showCancelled}
              onChange={(event) => useBoard.setState({ showCancelled: event.currentTarget.checked })}
            />
            <div>
              <Text fw={600} id="board-rows" mb={4}>
                {t('board.rows')}
              </Text>
              <SegmentedControl
                fullWidth
                aria-labelledby="board-rows"
                value={String(zoom.minutes)}
                onChange={(value) =>
                  useBoard.setState({
                    zoom: zooms.find(({ minutes }) => String(minutes) === value) ?? zooms[0],
                  })
                }
                data={zooms.map(({ minutes }) => ({
                  value: String(minutes),
                  label: t('app.minutes', { count: minutes }),
                }))}
              />
            </div>
            {!isOwnWeek && <DoctorFilter />}
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {left && (
        <Button px={8} variant="subtle" onClick={showEveryone}>
          {t('board.showAll')}
        </Button>
      )}
    </Group>
  );
};

const DoctorFilter = () => {
  const { t } = useTranslation();
  const { name } = useFormats();
  const { doctors, specialties } = useClinic();
  const { doctorIds, specialtyId } = useBoard();
  const offered = doctors.filter(({ specialty }) => specialtyId === null || specialty?.id === specialtyId);
  const chosen = doctorIds ? [...doctorIds] : offered.map(({ id }) => id);
  return (
    <>
      <Select
        label={t('board.specialty')}
        placeholder={t('board.allSpecialties')}
        clearable
        clearButtonProps={{ 'aria-label': t('board.allSpecialties') }}
        comboboxProps={{ withinPortal: false }}
        data={specialties.map((one) => ({ value: one.id, label: name(one.name) }))}
        value={specialtyId}
        onChange={(id) => useBoard.setState({ specialtyId: id, doctorIds: null })}
      />
      <Checkbox.Group
        label={t('board.doctors')}
        value={chosen}
        onChange={(ids) =>
          useBoard.setState({ doctorIds: ids.length === 0 || ids.length === offered.length ? null : ids })
        }
      >
        <ScrollArea.Autosize mah={260} mt={4}>
          <Stack gap={8}>
            {offered.map((doctor) => (
              <Checkbox key={doctor.id} value={doctor.id} label={name(doctor.name)} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Checkbox.Group>
      {doctorIds !== null && (
        <Button variant="subtle" size="compact-sm" onClick={() => useBoard.setState({ doctorIds: null })}>
          {t('board.allDoctors')}
        </Button>
      )}
    </>
  );
};
