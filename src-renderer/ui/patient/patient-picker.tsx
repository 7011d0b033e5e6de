import { TextInput } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { type KeyboardEvent, type Ref, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PatientBrief } from '../../../src-main/contract/patient.ts';
import { useClinic } from '../../app/clinic-data.tsx';
import { holdKeysFrom } from '../../app/early-keys.ts';
import { useErrorText } from '../../app/messages.ts';
import classes from './patient.module.css';
import { PatientLine } from './patient-line.tsx';
import { FEWEST_LETTERS, MOST_FOUND, useFind } from './use-find.ts';

interface PatientPickerProps {
  label: string;
  typed: string;
  onType: (typed: string) => void;
  onPick: (patient: PatientBrief) => void;
  /** Registers somebody new from what was typed; without it nobody can be added here. */
  onAdd?: (typed: string) => void;
  /** What adding somebody is called here. */
  addText?: (typed: string) => string;
  /** In a form, with a label above; otherwise it fills a window of its own. */
  inline?: boolean;
  /** Has the focus as its dialog opens, so that no letter typed after the key that opened it is lost. */
  first?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  error?: string | undefined;
}

/**
 * Finds a patient by keys alone: the list follows each letter, the arrows choose, Enter picks the chosen line. An
 * Enter that comes before the answer waits for it, so that fast fingers never pick the answer to fewer letters.
 */
export const PatientPicker = (props: PatientPickerProps) => {
  const { label, typed, onType, inline = false, first = false, inputRef, error } = props;
  const { t } = useTranslation();
  const id = useId();
  const picker = usePicker(props);
  const { found, options, active } = picker;
  const addPatient = (text: string): string => t('patients.find.add', { text });

  return (
    <div className={inline ? `${classes['picker']} ${classes['inline']}` : classes['picker']}>
      <TextInput
        ref={inputRef}
        {...(inline
          ? { label }
          : { 'aria-label': label, placeholder: label, variant: 'unstyled', size: 'lg' })}
        {...(inline ? {} : { px: 'sm' })}
        leftSection={<IconSearch size={inline ? 16 : 20} aria-hidden="true" />}
        role="combobox"
        aria-expanded={options.length > 0}
        aria-controls={`${id}-options`}
        aria-autocomplete="list"
        aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        autoFocus={first}
        data-autofocus={first || undefined}
        value={typed}
        error={error}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={picker.onKeyDown}
      />
      {options.length > 0 && (
        <div
          className={classes['options']}
          role="listbox"
          id={`${id}-options`}
          aria-label={t('patients.find.results')}
          tabIndex={-1}
        >
          {options.map((option, index) => (
            <div
              key={option?.id ?? 'add'}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              className={classes['option']}
              ref={(line) => {
                if (index === active) line?.scrollIntoView({ block: 'nearest' });
              }}
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => picker.setActive(index)}
              onClick={() => picker.choose(index)}
              onKeyDown={picker.onKeyDown}
            >
              {option ? (
                <PatientLine patient={option} search={found.text} />
              ) : (
                <AddLine text={(props.addText ?? addPatient)(found.text)} />
              )}
            </div>
          ))}
        </div>
      )}
      <PickerHint {...picker} typed={typed} />
    </div>
  );
};

/** What is under the list: how to search, or how many were found. */
const PickerHint = ({ typed, found, settled }: { typed: string } & ReturnType<typeof useFind>) => {
  const { t } = useTranslation();
  const { zone } = useClinic();
  const errorText = useErrorText();
  const words = (): string => {
    const count = found.patients.length;
    if (found.error) return errorText(found.error, zone);
    if (typed.trim().length < FEWEST_LETTERS) return t('patients.find.short');
    if (!settled) return '';
    if (count === 0) return t('patients.find.none', { text: found.text });
    return count === MOST_FOUND ? t('patients.find.many', { count }) : t('patients.find.found', { count });
  };
  return (
    <p className={classes['hint']} role="status">
      {words()}
    </p>
  );
};

const AddLine = ({ text }: { text: string }) => (
  <span className={classes['add']}>
    <IconUserPlus size={16} aria-hidden="true" />
    {text}
  </span>
);

/** The patients found, and a last option (null) that registers somebody new. */
const usePicker = ({ typed, onPick, onAdd }: PatientPickerProps) => {
  const { found, settled } = useFind(typed);
  const [chosen, setChosen] = useState({ text: '', index: 0 });
  const [enterWaits, setEnterWaits] = useState(false);
  const answered = found.text.length >= FEWEST_LETTERS && typed.trim().length >= FEWEST_LETTERS;
  /** Another answer begins at its first line. */
  const active = chosen.text === found.text ? chosen.index : 0;
  const setActive = (index: number): void => setChosen({ text: found.text, index });
  const options: (PatientBrief | null)[] = answered ? [...found.patients, ...(onAdd ? [null] : [])] : [];

  const choose = (index: number): void => {
    const option = options[index];
    if (option) onPick(option);
    else if (option === null) onAdd?.(typed.trim());
  };
  const chooseNow = useRef(choose);
  chooseNow.current = choose;

  useEffect(() => {
    if (!settled || !enterWaits) return;
    setEnterWaits(false);
    chooseNow.current(0);
  }, [settled, enterWaits]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && options.length > 0) {
      event.preventDefault();
      setActive((active + step + options.length) % options.length);
    }
    if (event.key !== 'Enter' || event.nativeEvent.isComposing || typed.trim() === '') return;
    event.preventDefault();
    if (settled) choose(active);
    else {
      setEnterWaits(true);
      holdKeysFrom(event.currentTarget);
    }
  };
  return { found, settled, options, active, setActive, choose, onKeyDown };
};
